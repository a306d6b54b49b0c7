"""Check of a text that is not in a file yet, or not in this form."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePosixPath

from postmortems.analyse.analysis import Analysis
from postmortems.check.baseline import Baseline, compare
from postmortems.check.masking import Masking, masked_report
from postmortems.check.report import Report
from postmortems.check.run import check_corpus
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Diagnostic
from postmortems.model.pattern import Pattern
from postmortems.read import mounts
from postmortems.read.corpus import read_document
from postmortems.read.files import Tree
from postmortems.read.opening import line_reader, with_unsaved
from postmortems.results import Run


class NoDocumentError(Exception):
    """A path at which no postmortem or pattern can be; the text says which could."""


def new_path(folder: str, day: date) -> str:
    """The path of a draft that has none."""
    return f"{folder}/{day.year}/draft/postmortem.md"


def path_below(docs: Path, name: str) -> str:
    """A path as below the docs folder: as it is, or as it is called from the working directory.

    Raises NoDocumentError where it leads out of the docs folder.
    """
    with suppress(ValueError, OSError):  # no file can have such a name
        if (inside := _inside(docs.resolve(), name)) is not None:
            return inside
        if (there := mounts.path_below(docs, Path(name).resolve())) is not None:
            return there
    raise NoDocumentError(f'"{name[:200]}" is not below the docs folder; give a path such as {docs.name}/postmortems/…')


def _inside(root: Path, name: str) -> str | None:
    """A path as below `root`: from there, or where nothing is there, from the working directory."""
    from_root, from_here = (root / name).resolve(), Path(name).resolve()
    places = (from_root, from_here) if from_root.exists() or not from_here.exists() else (from_here,)
    return next((place.relative_to(root).as_posix() for place in places if place.is_relative_to(root)), None)


def draft_findings(run: Run, path: str, text: str, baseline: Baseline | None) -> tuple[Diagnostic, ...]:
    """The findings of the document at `path`, below the docs folder, as if this were its text, without those that the
    baseline lists; nothing is written.

    Raises NoDocumentError where nothing at that path would be read.
    """
    settings, tree = run.settings, Tree(run.docs, (path,), ())
    if path not in (*tree.postmortems(settings), *tree.patterns(settings)):
        example = new_path(settings.folder, run.today)
        raise NoDocumentError(f'"{path}" is no place of a postmortem or pattern; use one such as {example}')
    data = text.encode("utf-8", "replace")
    with with_unsaved({run.docs / path: data}):
        document = run.corpus.placed(read_document(run.docs, path, settings, run.corpus.template_texts))
    corpus = replace(run.corpus, files=run.corpus.files | {path})
    if isinstance(document, Pattern):
        patterns = (document, *(each for each in corpus.patterns if each.path != path))
        corpus = replace(corpus, patterns=tuple(sorted(patterns, key=lambda pattern: pattern.id)))
    else:
        postmortems = (document, *(each for each in corpus.postmortems if each.path != path))
        corpus = replace(corpus, postmortems=tuple(sorted(postmortems, key=lambda each: each.chronology)))
    masking = Masking.of(corpus, settings.personal_data)
    found = check_corpus(
        corpus,
        settings,
        Analysis(corpus, settings, run.today),
        run.today,
        only={path, *_beside(path, corpus)},
        masking=masking,
    )
    if baseline is None:
        return found
    with with_unsaved({run.docs / path: data}):
        return compare(masked_report(Report(found, 1, source_line=line_reader(run.docs)), masking), baseline).new


def _beside(path: str, corpus: Corpus) -> list[str]:
    """The `timeline.json` in the same folder, whose events belong to the document."""
    beside = str(PurePosixPath(path).with_name("timeline.json"))
    return [beside] if beside in corpus.files and os.path.basename(path) == "postmortem.md" else []  # noqa: PTH119

"""The docs folder → the corpus."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from functools import cache
from pathlib import Path, PurePosixPath

from postmortems.model.catalogue import Catalogue
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Problem
from postmortems.model.excerpt import Excerpt
from postmortems.model.host_keys import theme_files
from postmortems.model.pattern import Pattern
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.quarter import Quarter
from postmortems.model.survey import Survey, is_survey, named_quarter
from postmortems.model.template import template_text, with_samples_marked
from postmortems.read.artifact_types import artifact_problems
from postmortems.read.excerpts import is_attached_text, read_attached
from postmortems.read.exclusions import NOTHING, Exclusions
from postmortems.read.files import Tree, list_files
from postmortems.read.host_values import missing_files
from postmortems.read.likely import passed_over
from postmortems.read.markup_cost import overcomplex
from postmortems.read.mounts import place_of
from postmortems.read.opening import open_file, open_inside, unsaved_files
from postmortems.read.other_pages import other_page_problems
from postmortems.read.pattern import FOLDER as PATTERNS
from postmortems.read.pattern import read_pattern, unread_pattern
from postmortems.read.postmortem import FILE, TIMELINE_FILE, read_postmortem, unread_postmortem
from postmortems.read.postmortems import Examination, reader_of, timeline_beside, timeline_json
from postmortems.read.registers import read_registers
from postmortems.read.site_options import UNKNOWN, SiteOptions
from postmortems.read.snapshot import Snapshot
from postmortems.read.snippets import SIGN, snippet_problems
from postmortems.read.store import Keeper
from postmortems.read.survey import read_survey
from postmortems.read.templates import TEMPLATE
from postmortems.read.text import read_text
from postmortems.read.zensical_config import zensical_problems
from postmortems.settings import Settings

PAGES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""Endings of the files that MkDocs makes pages of."""

OnProgress = Callable[[int, int], None]
"""Told after each file how many are read, and how many there are."""


def read_corpus(
    docs: Path,
    settings: Settings,
    progress: OnProgress | None = None,
    store: Keeper | None = None,
    catalogue: Catalogue | None = None,
    exclusions: Exclusions = NOTHING,
    site: SiteOptions = UNKNOWN,
    snapshot: Snapshot | None = None,
    examination: Examination | None = None,
) -> Corpus:
    """Everything below the docs folder, read at once; the postmortems in the order of their incidents.

    What a store has kept of an earlier run is not read again. The `catalogue` of services lies elsewhere; whoever
    read the settings has read it, too. What the `exclusions` leave out of the site is read, and named as such; `site`
    says what its pages may ask for.
    """
    tree = snapshot.tree if snapshot else list_files(docs)
    reader = reader_of(tree, settings, snapshot, store, examination)
    problems = reader.problems
    problems[:0] = tree.all_problems()
    paths = tree.postmortems(settings)
    postmortems: list[Postmortem] = []
    for count, path in enumerate(paths, 1):
        postmortems.append(reader.read(path))
        if progress:
            progress(count, len(paths))
    patterns = read_patterns(tree, settings)
    documents: list[Postmortem | Pattern] = [*postmortems, *patterns]
    for document in documents:
        problems.extend(_asked_of_the_site(document, docs, site))
    known = {*paths, *(pattern.path for pattern in patterns)}
    problems.extend(other_page_problems(tree, known, settings, site))
    problems.extend(artifact_problems(tree, settings, site))
    problems.extend(zensical_problems(site.zensical))
    register = read_registers(tree, settings, reader.sources, reader.ids, problems, store)
    surveys = tuple(_surveys(tree, problems))
    if paths:  # else there is one thing to say, and not one of each file
        problems.extend(passed_over(tree, settings))
    left_out = exclusions.of(tree.files)
    problems.extend(_of_pages(tree, known | left_out.keys()))
    return Corpus(
        postmortems=tuple(sorted(postmortems, key=lambda postmortem: postmortem.chronology)),
        patterns=patterns,
        files=reader.existing,
        folder=settings.folder,
        template_texts=reader.templates,
        problems=tuple(problems),
        register=register,
        surveys=surveys,
        sizes=tree.sizes(settings),
        catalogue=catalogue,
        endless=tree.endless,
        left_out=left_out,
        excerpts=tuple(_attached(tree, settings.folder, known)),
        sources=reader.sources,
    )


def _asked_of_the_site(document: Postmortem | Pattern, docs: Path, site: SiteOptions) -> Iterator[Problem]:
    """Problems with the theme's files and the other texts that a document asks for and does not get. They are looked
    for here, since reading a document knows nothing but its bytes."""
    if isinstance(document, Postmortem):
        host = document.front_matter.host
        if theme_files(host):
            place = document.places.get(("template",)) or document.places.get(("icon",)) or Place.at(document.path)
            yield from missing_files(host, place, site)
        may_take_in = document.takes_in
    else:
        may_take_in = any(SIGN in line for line in document.body.lines)
    if site.snippets is not None and may_take_in:
        yield from snippet_problems(document.body, docs, site)


def read_again(document: Postmortem | Pattern, data: bytes, docs: Path, settings: Settings) -> Postmortem | Pattern:
    """A postmortem or pattern as it would be read, were these the bytes of its file."""
    if isinstance(document, Pattern):
        return read_pattern(document.path, data, settings)
    beside = timeline_beside(document.path)
    is_there = beside and place_of(docs, beside).exists()
    return read_postmortem(document.path, data, settings, timeline_json(docs, beside if is_there else None, []))


def read_document(docs: Path, path: str, settings: Settings, templates: tuple[str, ...]) -> Postmortem | Pattern:
    """The postmortem or pattern in one file, as it is among all others; `templates` are those of the corpus."""
    data, problem = open_inside(docs, path)
    if PurePosixPath(path).parent == PurePosixPath(PATTERNS):
        return unread_pattern(path, problem) if problem else read_pattern(path, data, settings)
    if problem:
        return unread_postmortem(path, problem, settings)
    beside = timeline_beside(path)
    is_there = beside and (place_of(docs, beside).exists() or beside in unsaved_files(docs))
    timeline = timeline_json(docs, beside if is_there else None, [])
    return with_samples_marked(read_postmortem(path, data, settings, timeline), template_text(templates))


def read_patterns(tree: Tree, settings: Settings) -> tuple[Pattern, ...]:
    """All patterns below the docs folder, by id."""
    opened = [(path, *open_file(tree.root, path)) for path in tree.patterns(settings)]
    return tuple(
        unread_pattern(path, problem) if problem else read_pattern(path, data, settings)
        for path, data, problem in opened
    )


def document_opener(docs: Path, settings: Settings) -> Callable[[str], bytes | None]:
    """Return a function that gives the bytes of a postmortem or pattern; None for any other page, which no fix
    understands, and if it cannot be read."""

    @cache
    def documents() -> frozenset[str]:
        tree = list_files(docs)
        return frozenset((*tree.postmortems(settings), *tree.patterns(settings)))

    def opened(path: str) -> bytes | None:
        if path not in documents():
            return None
        data, problem = open_inside(docs, path)
        return None if problem else data

    return opened


def _surveys(tree: Tree, problems: list[Problem]) -> Iterator[Survey]:
    files: dict[Quarter | None, str] = {}
    for path in tree.files:
        if is_survey(path):
            quarter = named_quarter(path)
            if quarter and (first := files.setdefault(quarter, path)) != path:
                message = f"{quarter} has a survey in {first} already, so the answers here are in no figure"
                problems.append(Problem("misplaced-file", Place.at(path), message, "put all teams into one file"))
                continue
            data, problem = open_file(tree.root, path)
            surveys, found = ((), [problem]) if problem else read_survey(path, data)
            problems.extend(found)
            yield from surveys


def _of_pages(tree: Tree, others: Set[str]) -> Iterator[Problem]:
    """Problems of Markdown files that are neither postmortem nor pattern but too much for MkDocs, which makes pages of
    them, too."""
    for path in tree.files:
        if path.endswith(PAGES) and path not in others and path != TEMPLATE:
            data, problem = open_file(tree.root, path)
            source, no_text = read_text(path, data)
            if found := problem or no_text or overcomplex(source):
                yield found


def _attached(tree: Tree, folder: str, read: set[str]) -> Iterator[Excerpt]:
    """Excerpts that may hold secrets in the other text files of the postmortems' folder: artifacts, notes, the
    register.

    Each is opened, searched and forgotten. What cannot be opened, or is larger than is read, is passed over.
    """
    for path in tree.files:
        if not path.startswith(f"{folder}/") or path in read or not is_attached_text(path):
            continue
        if path.endswith(f"/{TIMELINE_FILE}") and f"{path.removesuffix(TIMELINE_FILE)}{FILE}" in read:
            continue
        data, problem = open_file(tree.root, path)
        if problem is None:
            yield from read_attached(path, data)

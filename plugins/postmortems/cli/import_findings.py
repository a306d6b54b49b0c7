"""A check of what an import would write, before anything is written, and the next step for whoever reads the plan."""

from __future__ import annotations

import os
import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from postmortems.adopt.plan import Plan
from postmortems.analyse.analysis import Analysis
from postmortems.check.run import check_corpus
from postmortems.cli.importing import Importing
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.pipeline import today_utc
from postmortems.read.corpus import template_text
from postmortems.read.files import list_files
from postmortems.read.postmortem import TIMELINE_FILE, read_postmortem
from postmortems.settings import Settings
from postmortems.text.spelling import count_words, listed

_MOST = 8


@dataclass(frozen=True)
class ImportCheck:
    """The corpus of the new postmortems alone."""

    corpus: Corpus
    settings: Settings

    @classmethod
    def of(cls, work: Importing) -> ImportCheck:
        """The corpus that an import would add."""
        settings = work.project.settings
        made = [postmortem for postmortem in work.postmortems if postmortem.record in work.plan.records]
        files = {os.path.relpath(path, work.docs) for postmortem in made for path in postmortem.files}
        postmortems = [
            read_postmortem(
                os.path.relpath(new.path, work.docs),
                new.files[new.path],
                settings,
                new.files.get(str(Path(new.path).with_name(TIMELINE_FILE))),
            )
            for new in made
        ]
        postmortems.sort(key=lambda postmortem: postmortem.chronology)
        files |= set(list_files(work.project.docs).files)
        template = template_text(work.project.docs)
        corpus = Corpus(tuple(postmortems), (), frozenset(files), settings.folder, (template,))
        return cls(corpus, settings)

    def findings(self, sections: Sequence[str] = ()) -> tuple[Diagnostic, ...]:
        """The findings; `sections` are required in place of those of the settings."""
        settings = self.settings
        if sections:
            settings = settings.model_copy(update={"sections": {"default": tuple(sections)}})
        day = today_utc()
        return check_corpus(self.corpus, settings, Analysis(self.corpus, settings, day), day)


def finding_lines(work: Importing) -> Iterator[str]:
    """The lines that say what a check would find, by rule."""
    if not work.plan.records:
        return
    check = ImportCheck.of(work)
    found = check.findings()
    number = count_words(len(work.plan.records), "postmortem")
    yield f"A check of {number} would find {counted(found)}"
    yield from _by_rule(found)
    if sections := work.plan.proposals.sections:
        better = check.findings(sections)
        if len(better) < len(found):
            yield f"With the sections proposed above it would find {counted(better)}"


def next_lines(plan: Plan, sources: Sequence[Path]) -> Iterator[str]:
    """The next step."""
    if plan.records:
        named = shlex.join(os.path.relpath(source) for source in sources)
        yield f"Next: `postmortems import {named} --diff` shows each file, and --write in its place writes them"
    else:
        yield "Next: nothing is new"


def counted(found: Sequence[Diagnostic]) -> str:
    """The number of findings: `2 errors, 14 warnings`."""
    levels = Counter(finding.level for finding in found)
    return listed(count_words(levels[level], level.value) for level in (Level.ERROR, Level.WARNING))


def _by_rule(found: Sequence[Diagnostic]) -> Iterator[str]:
    """The rules, errors first and each with its number."""
    for level in (Level.ERROR, Level.WARNING):
        rules = Counter(finding.rule for finding in found if finding.level is level)
        if rules:
            more = f", and {len(rules) - _MOST} rules more" if len(rules) > _MOST else ""
            shown = listed(f"{rule} ({number})" for rule, number in rules.most_common(_MOST))
            yield f"  {level.value}s: {shown}{more}"

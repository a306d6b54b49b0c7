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
from postmortems.read.files import list_files
from postmortems.read.postmortem import TIMELINE_FILE, read_postmortem
from postmortems.read.templates import read_templates
from postmortems.settings import Settings
from postmortems.text.spelling import count_words, listed

_MOST = 6
_PLACEHOLDERS = "leftover-template-text"


@dataclass(frozen=True)
class ImportCheck:
    """The corpus of the new postmortems alone."""

    corpus: Corpus
    settings: Settings
    from_export: frozenset[str]
    """The paths of those whose text comes from an export, and else from the template."""

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
        templates, _ = read_templates(work.project.docs, settings.languages)
        corpus = Corpus(tuple(postmortems), (), frozenset(files), settings.folder, templates)
        from_export = {os.path.relpath(new.path, work.docs) for new in made if new.record.body is not None}
        return cls(corpus, settings, frozenset(from_export))

    def findings(self, sections: Sequence[str] = ()) -> tuple[Diagnostic, ...]:
        """The findings; `sections` are required in place of those of the settings."""
        settings = self.settings
        if sections:
            settings = settings.model_copy(update={"sections": {"default": tuple(sections)}})
        day = today_utc()
        return check_corpus(self.corpus, settings, Analysis(self.corpus, settings, day), day)

    def placeholders(self, found: Sequence[Diagnostic]) -> list[Diagnostic]:
        """The findings that the import itself puts there: what the template asks and no export answers."""
        return [item for item in found if item.rule == _PLACEHOLDERS and item.place.path in self.from_export]


def finding_lines(work: Importing) -> Iterator[str]:
    """The lines that say what a check would find, by rule."""
    if not work.plan.records:
        return
    check = ImportCheck.of(work)
    every = check.findings()
    placeholders = check.placeholders(every)
    found = _without(placeholders, every)
    with_sections = ""
    if sections := work.plan.proposals.sections:
        better = _without(placeholders, check.findings(sections))
        with_sections = f"; with these sections {counted(better)}" if len(better) < len(found) else ""
    yield f"A check would find {counted(found)}{with_sections}"
    yield from _by_rule(found)
    if drafts := {finding.place.path for finding in placeholders}:
        yield f"  placeholders of the template to fill in: {count_words(len(drafts), 'draft')}"


def next_lines(plan: Plan, sources: Sequence[Path], *, is_planned: bool) -> Iterator[str]:
    """The next step; `is_planned` is for a knowledge base that does not exist yet."""
    if is_planned:
        yield "Next: `postmortems init` makes the knowledge base, which --write needs"
    elif plan.records:
        named = shlex.join(os.path.relpath(source) for source in sources)
        yield f"Next: `postmortems import {named} --diff` shows each file; --write in its place writes them"
    elif plan.unreadable:
        yield f"Next: make {count_words(len(plan.unreadable), 'file')} readable, and run this again"


def _without(some: Sequence[Diagnostic], found: Sequence[Diagnostic]) -> list[Diagnostic]:
    places = {(finding.rule, finding.place) for finding in some}
    return [finding for finding in found if (finding.rule, finding.place) not in places]


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

"""The outcome of an import, for a terminal."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from postmortems.adopt.new_postmortem import NewPostmortem
from postmortems.adopt.plan_text import left_out_lines, problems_of
from postmortems.cli.importing import Importing
from postmortems.fix.fixed_file import FixedFile
from postmortems.read.opening import text_of
from postmortems.read.postmortem import FILE
from postmortems.read.text import LARGEST
from postmortems.read.yaml_scalar import plain
from postmortems.text.spelling import count_words, listed


@dataclass
class Outcome:
    """The paths that an import has written, those of originals that are gone, and what could not be done.

    `changed` are postmortems that somebody has changed since they were imported, `kept` originals that git has not as
    they are.
    """

    written: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    committed: bool = False
    problems: list[str] = field(default_factory=list)


def summary_lines(
    work: Importing,
    whole: Sequence[NewPostmortem],
    pages: Sequence[FixedFile],
    outcome: Outcome,
) -> Iterator[str]:
    """The lines that say what was done."""
    home = _shown(work.home)
    postmortems = [path for path in outcome.written if path.endswith(f"/{FILE}")]
    beside = sum(path != str(work.register[0]) for path in outcome.written) - len(postmortems)
    along = f", and {count_words(beside, 'file')} beside them" if beside else ""
    yield f"Written: {count_words(len(postmortems), 'postmortem')} in {home}{along}"
    yield from register_lines(work, written=str(work.register[0]) in outcome.written)
    if work.plan.unreadable:
        yield "Not read:"
        yield from left_out_lines(work.plan.unreadable)
    if work.plan.there:
        yield f"Already imported: {count_words(len(work.plan.there), 'postmortem')}"
    for path in outcome.changed:
        yield f"  {_shown(path)} was changed since it was imported; not modified"
    if outcome.removed:
        yield f"Moved{' and committed' if outcome.committed else ''}: {count_words(len(outcome.removed), 'file')}"
    elif outcome.committed:
        yield "Committed"
    for path in outcome.kept:
        yield f"  {_shown(path)} was not removed: it has changes that are not committed to git"
    if pages:
        yield f"Links changed in: {listed(_shown(f'{work.docs}/{page.path}') for page in pages)}"
    for postmortem in whole:
        if postmortem.record in work.plan.records:
            problems = (*problems_of(postmortem.record), *postmortem.problems)
            yield from (f"  {_shown(postmortem.path)}: in the original, {problem}" for problem in problems)


def register_lines(work: Importing, *, written: bool = False) -> Iterator[str]:
    """The lines that say what comes, or has come, into the register."""
    file, _, change = work.register
    if change.new:
        verb = "Added to" if written else "For"
        yield f"{verb} {_shown(str(file))}: {count_words(change.new, 'incident')}"
    if change.without_severity:
        left = count_words(change.without_severity, "incident")
        yield f"Not added to {_shown(str(file))}: {left} with unknown severity (see --severity)"


def proposal_lines(work: Importing, whole: Sequence[NewPostmortem], outcome: Outcome) -> Iterator[str]:
    """The lines that the project's configuration could have now, and where its navigation names what has moved."""
    sections, languages = work.plan.proposals.sections, work.plan.proposals.languages
    if sections or languages:
        yield f"For {_shown(str(work.project.config))}, under `- postmortems:`:"
    if languages:
        # They are the project's by now, as this import reads.
        yield f"    languages: [{listed(work.project.settings.languages)}]"
    if sections:
        yield f"    sections: [{listed(sections)}]"
    gone = set(outcome.removed)
    moved = {
        os.path.relpath(original, work.docs): os.path.relpath(postmortem.path, work.docs)
        for postmortem in whole
        if (original := work.original(postmortem.record)) in gone and work.places.is_below_docs(original)
    }
    if not moved:
        return
    yield "To redirect old URLs (with mkdocs-redirects), under `plugins:`:"
    yield "  - redirects:"
    yield "      redirect_maps:"
    yield from (f"        {plain(old)}: {plain(new)}" for old, new in moved.items())
    lines = text_of(work.project.config, LARGEST, "too large for a configuration").split("\n")
    for number, line in enumerate(lines, 1):
        if named := next((old for old in moved if old in line), None):
            yield f"{_shown(str(work.project.config))}:{number} names {named}, which is {moved[named]} now"


def _shown(path: str) -> str:
    return os.path.relpath(path)

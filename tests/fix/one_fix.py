"""One fix on one text, with the packaged template and one pattern around it."""

from __future__ import annotations

from tests.conftest import PATTERN, POSTMORTEM_PATH

from postmortems.fix.document import Document
from postmortems.fix.fix import Fix, FixContext, Proposal
from postmortems.fix.rewrite import rewritten
from postmortems.model.front_matter import IncidentKind
from postmortems.read.pattern import read_pattern
from postmortems.read.templates import packaged_template
from postmortems.settings.parsing import parse_settings

PATH = POSTMORTEM_PATH.removeprefix("docs/")
PACKAGED = packaged_template()
NEAR_MISS = packaged_template(kind=IncidentKind.NEAR_MISS)


def proposed(fix: Fix, text: str, path: str = PATH, template: str = PACKAGED, **options: object) -> list[Proposal]:
    """What a fix proposes for a text."""
    settings, wrong = parse_settings(options)
    assert not wrong
    pattern = read_pattern("patterns/database-issues.md", PATTERN.encode(), settings)
    context = FixContext(settings, template, NEAR_MISS, (pattern,))
    return list(fix.propose(Document(path, text.encode(), settings), context))


def after(fix: Fix, text: str, path: str = PATH, template: str = PACKAGED, **options: object) -> str:
    """The text as a fix leaves it."""
    edits = [proposal.edit for proposal in proposed(fix, text, path, template, **options)]
    return rewritten(text.encode(), edits).decode()

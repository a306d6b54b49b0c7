"""The words of a postmortem that may tell what happened.

They are compared as they are written, in any script that puts blanks between words. A plural counts as its singular
where the corpus holds that, too. English words without content are left out by a list: how often a word is in the
corpus says how little it tells, but in a small corpus even these are rare.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence

from postmortems.model.own_answer import own_answer
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import Block, BlockKind, Section

SECTIONS = frozenset(
    {"Executive Summary", "Root Cause Analysis", "Primary Cause", "Contributing Factors", "Detection Gaps"}
)
"""The sections that say what happened. Timelines hold times and names, and actions what is still to come."""

_STOP_WORDS = """
about above across after again against all almost along already also although always among and another any anyone
anything are aren around away back became because become been before began behind being below better between both but
came can cannot come could couldn day days did didn does doesn doing don done down due during each eight either eleven
else enough entire entirely even evening ever every everyone everything few first five following for four fourth from
full further gave get given gives goes going gone got had hadn half happened has hasn have haven having her here
herself him himself his hour hours how however hundred hundreds instead into isn its itself just keep kept know known
last later least less like likely long longer made make makes making many may meant might million millions minute
minutes month months more morning most mostly much must near need needed needs neither never new next night nine
nobody none nor not nothing now off often old once one ones only onto other others our out over own part particular
past per percent possible put quarter rather reached same saw say says second seconds see seen set seven several shall
she should shouldn show showed shown shows since six some someone something soon still such take taken ten than that
the their them themselves then there therefore these they thing things third thirty this those though thousand
thousands three through thus time times today together tomorrow too took toward towards twelve twenty twice two under
unknown until upon use used uses using usual usually utc very via was wasn way ways week weeks well went were weren
what when where whether which while who whole whom whose why will with within without won would wouldn wrong year
years yesterday yet you your yours

january february march april june july august september october november december monday tuesday wednesday thursday
friday saturday sunday

affected cause caused causes customer customers duration impact incident issue issues outage postmortem problem
problems reason result resulted retro retrospective root service services user users
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())

_WORD = re.compile(r"\b[^\W\d_]\w{2,39}(?!\w|-\d)")
"""A word, and no part of a name with a number, such as `us-east-1` or `CVE-2026-1`: it says where, not what."""

_PLACEHOLDER = re.compile(r"\[[^\[\]\n]{0,300}\](?!\()")
"""A placeholder of a template, not the text of a link."""

_ADDRESS = re.compile(r"\]\([^()\s]{0,2000}\)|https?://[^\s)>\]]{1,2000}")
_LONGEST = 60_000
"""The most characters of a text that are looked at: about thirty pages."""

_READ = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE, BlockKind.QUOTE})


WordsOf = Callable[[Postmortem], Sequence[str]]
"""A function that gives the words of a postmortem: `words_of`, or one that has kept them."""


@own_answer
def words_of(postmortem: Postmortem) -> list[str]:
    """Every word of the title and the sections that say what happened, as often as it is there.

    Those of the title come twice, since its author weighed each. A postmortem without any of the sections gives the
    words of its whole text.
    """
    blocks = [block for section in postmortem.body.sections for block in _telling(section)]
    read = (_text(block) for block in blocks or postmortem.body.blocks() if block.kind in _READ)
    return split_words("\n".join((postmortem.title, postmortem.title, *read)))


def split_words(text: str) -> list[str]:
    """The words of a text, in small letters; addresses, a template's placeholders and short words are none."""
    bare = _ADDRESS.sub(" ", _PLACEHOLDER.sub(" ", text[:_LONGEST]))
    return _WORD.findall(bare.lower())


def singular(word: str, known: Container[str]) -> str:
    """The known word that this one is the plural of, else the word itself: `caches` → `cache`, `status` → `status`."""
    for ending, instead in (("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending) and (shorter := word[: -len(ending)] + instead) in known:
            return shorter
    return word


def _text(block: Block) -> str:
    return "\n".join(cell for row in block.rows for cell in row.cells) or block.text


def _telling(section: Section) -> Iterator[Block]:
    """The blocks of the topmost sections at or below `section` that say what happened."""
    if section.name in SECTIONS:
        yield from section.all_blocks()
    else:
        for child in section.children:
            yield from _telling(child)

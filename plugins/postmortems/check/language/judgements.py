"""What is said of people as such: that they are careless, that they are responsible, that anybody would have known.

Maintainers: the patterns run over the words of a sentence, joined by blanks; `CUES` choose the sentences and must leave
none of them out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortems.check.language.agents import AgentFinder
from postmortems.check.language.finding import Finding, Kind, phrase
from postmortems.check.language.function_words import word_list
from postmortems.check.language.people import Certainty, certainty
from postmortems.check.language.sentences import Sentence

_W = r"[^\s.,;:!?()]+"
_DAMAGE = (
    "breakage|crash|damage|data loss|delay|disaster|disruption|downtime|error|failure|fault|incident|issue|loss|mess"
    "|mistake|outage|problem"
)
_JUDGED = phrase(
    """(?:arrogant|careless|clueless|complacent|ignorant|inattentive|incompetent|inexperienced|irresponsible|lazy
        |negligent|overconfident|reckless|sloppy|unprofessional|unqualified|untrained)"""
)
_BADLY = (
    "amateurishly|carelessly|foolishly|incompetently|irresponsibly|negligently|recklessly|sloppily|stupidly"
    "|thoughtlessly|unprofessionally"
)
_DONE_BADLY = phrase(
    rf"""(?:are|been|being|is|was|were) (?:{_BADLY}) {_W}
        |(?:are|been|being|is|was|were) {_W}(?: {_W}){{0,2}} (?:{_BADLY})"""
)
_RASHLY = phrase(rf"(?:blindly|hastily|rashly|{_BADLY}) {_W}|{_W}ed(?: {_W}){{1,4}} (?:{_BADLY})")
_RESPONSIBLE = phrase(
    rf"(?:are|is|was|were) (?:clearly |fully |personally |solely |ultimately )?(?:accountable|responsible)"
    rf" for (?:this|that|the)(?: {_W})? (?:{_DAMAGE})"
)
_LIES_WITH = phrase(
    rf"""(?:(?:blame|fault)(?: for(?: {_W}){{1,5}})?|(?:accountability|responsibility) for (?:that|the|this)
        (?: {_W})? (?:{_DAMAGE})) (?:belongs|falls|fell|goes|is|lay|lies|rested|rests|went)
        (?: clearly| entirely| firmly| solely| squarely)? (?:on|to|with)"""
)
_JUDGEMENT_OF = phrase(
    "(?:bad|poor) (?:decisions?|judge?ment) (?:by|of|on the part of)|misjudge?ment (?:by|of|on the part of)"
)
_OBVIOUS = phrase(
    rf"""(?:should|must|ought to) (?:really |surely )?have been (?:{_W} )?(?:apparent|clear|evident|obvious)
        |(?:apparent|clear|evident|obvious|plain) (?:for|to) (?:anybody|anyone) (?:in|on|who|with)
        |(?:are|is|was|were) (?:inexcusable|unforgivable)|inexcusably|unforgivably|no excuse for
        |(?:is|was) no excuse"""
)

CUES = dict.fromkeys(
    word_list(
        """
        accountable accountability amateurishly arrogant blame blindly careless carelessly clueless complacent
        excuse fault foolishly hastily ignorant inattentive incompetent incompetently inexcusable inexcusably
        inexperienced irresponsible irresponsibly judgement judgment lazy misjudgement misjudgment negligent
        negligently overconfident rashly reckless recklessly responsible responsibility sloppily sloppy stupidly
        thoughtlessly unforgivable unforgivably unprofessional unprofessionally unqualified untrained
        """
    ),
    "",
) | {
    "apparent": "",
    "clear": r"(?:been|clear (?:for|to) (?:any|every))",
    "decision": "(?:bad|poor) decision",
    "decisions": "(?:bad|poor) decision",
    "evident": "",
    "obvious": "",
    "plain": "plain (?:for|to) (?:any|every)",
    "visible": "visible (?:for|to) (?:any|every)",
}
"""Where something is found, the sentence holds one of these."""


def find_judgements(sentence: Sentence, agents: AgentFinder) -> Iterator[Finding]:
    """Every judgement of people in the sentence, in no order; findings may overlap."""
    joined = sentence.joined
    for found in _JUDGED.finditer(joined):
        first = sentence.index_at(found.start())
        for last in range(first + 1, min(first + 4, len(sentence.words))):
            sure = certainty(sentence.words[first : last + 1], last in sentence.capitals, agents.names)
            if sure is Certainty.SURE:
                yield Finding(Kind.CARELESS, first, last)
                break
    for found in _DONE_BADLY.finditer(joined):
        first, last = _indexes(sentence, found)
        yield Finding(Kind.CARELESS, first, last)
    for found in _RASHLY.finditer(joined):
        first, last = _indexes(sentence, found)
        agent = agents.subject(first)
        if agent and agent.is_sure:
            yield Finding(Kind.CARELESS, agent.first, last)
    for found in _RESPONSIBLE.finditer(joined):
        first, last = _indexes(sentence, found)
        agent = agents.subject(first)
        if agent and agent.is_sure:
            yield Finding(Kind.FAULT, agent.first, last)
    for pattern in (_LIES_WITH, _JUDGEMENT_OF):
        for found in pattern.finditer(joined):
            first, last = _indexes(sentence, found)
            agent = agents.starting_at(last + 1)
            if agent and agent.is_sure:
                yield Finding(Kind.FAULT, first, agent.last)
    for found in _OBVIOUS.finditer(joined):
        yield Finding(Kind.SHOULD_HAVE_KNOWN, *_indexes(sentence, found))


def _indexes(sentence: Sentence, found: re.Match[str]) -> tuple[int, int]:
    return sentence.index_at(found.start()), sentence.index_at(found.end())

"""PM601's eye: people as the subject of a failing, people's faults, and causes that are nobody's in particular."""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortems.check.language import blaming_words, judgements, omission_words
from postmortems.check.language.agents import Agent, AgentFinder
from postmortems.check.language.blaming_words import ERROR, FAULT_OF, FAULT_OWNED, GUARDED, IN_GENERAL, IS_CAUSE, VERB
from postmortems.check.language.cues import Cues
from postmortems.check.language.finding import Finding, Kind
from postmortems.check.language.function_words import word_list
from postmortems.check.language.judgements import find_judgements
from postmortems.check.language.omissions import find_omissions
from postmortems.check.language.sentences import Sentence

CUES = Cues(blaming_words.CUES, omission_words.CUES, judgements.CUES)
"""Where something is found, the sentence holds one of these."""

_FOR_MINDS_ONLY = frozenset((Kind.FORGOT, Kind.CARELESS))
"""Kinds whose words fit only people, so that a doubtful agent is enough."""

_PARTICIPLES = word_list("disregarded forgotten ignored misconfigured misread neglected overlooked")
"""Verbs whose past is their participle, too: "the alert was ignored" has no agent, or one behind "by"."""

_NOT_DONE = word_list("hardly if never not unless whether")
_PART_OF_A_NAME = word_list(
    """
    - alert alerts budget budgets code codes count counts dialog handler handling log logs message messages metric
    metrics page pages path paths rate rates report reporting reports response responses screen text type types
    """
)


def find_blame(sentence: Sentence, agents: AgentFinder) -> Iterator[Finding]:
    """Everything in the sentence that makes people the cause, in no order; findings may overlap."""
    for found in VERB.finditer(sentence.joined):
        if finding := _by_verb(Kind[found.lastgroup or ""], *_indexes(sentence, found), sentence, agents):
            yield finding
    yield from _faults(sentence, agents)
    yield from find_omissions(sentence, agents)
    yield from find_judgements(sentence, agents)
    for found in ERROR.finditer(sentence.joined):
        first, last = _indexes(sentence, found)
        if _is_cause(sentence, found, first, last):
            yield Finding(Kind.ERROR_AS_CAUSE, first, last)


def _by_verb(kind: Kind, first: int, last: int, sentence: Sentence, agents: AgentFinder) -> Finding | None:
    verb = sentence.words[first]
    if verb in _PARTICIPLES and agents.is_passive(first):
        agent = agents.behind_by(first)
        return Finding(kind, first, agent.last) if agent and _is_enough(agent, kind) else None
    if verb == "forgotten" or sentence.word(first - 1) in _NOT_DONE:
        return None
    agent = agents.subject(first)
    if agent and _is_enough(agent, kind) and sentence.word(agent.first - 1) not in _NOT_DONE:
        return Finding(kind, agent.first, last)
    if agent is None and verb == "bothered" and (nobody := _nobody_before(sentence, first)) is not None:
        return Finding(kind, nobody, last)
    return None


def _faults(sentence: Sentence, agents: AgentFinder) -> Iterator[Finding]:
    for found in FAULT_OWNED.finditer(sentence.joined):
        first, last = _indexes(sentence, found)
        if found["owner"] == "'s":
            owner = agents.ending_at(first - 1)
            if owner and owner.is_sure:
                yield Finding(Kind.FAULT, owner.first, last)
        elif found["owner"] != "their" or agents.they_are_people(first):
            yield Finding(Kind.FAULT, first, last)
    for found in FAULT_OF.finditer(sentence.joined):
        first, last = _indexes(sentence, found)
        agent = agents.starting_at(last + 1)
        if agent and agent.is_sure:
            yield Finding(Kind.FAULT, first, agent.last)


def _is_enough(agent: Agent, kind: Kind) -> bool:
    return agent.is_sure or (kind in _FOR_MINDS_ONLY and agent.is_likely)


def _nobody_before(sentence: Sentence, verb: int) -> int | None:
    """Where *nobody* or *no one* stands before the verb, perhaps with a few words between, such as *on the team*."""
    for index in range(verb - 1, max(-1, verb - 6), -1):
        if sentence.words[index] in ("nobody", "none"):
            return index
        if sentence.words[index] == "one" and sentence.word(index - 1) == "no":
            return index - 1
    return None


def _is_cause(sentence: Sentence, found: re.Match[str], first: int, last: int) -> bool:
    """Whether an error is named as what happened: not what something guards against, nor a part of a longer name, nor
    human error in general, nor an error that users see."""
    if sentence.word(last + 1) in _PART_OF_A_NAME or IN_GENERAL.match(sentence.joined, found.end() + 1):
        return False
    begin = first
    while begin > max(0, first - 8) and sentence.words[begin - 1] not in (",", ";", ":", "(", "but"):
        begin -= 1
    before = " ".join(sentence.words[begin:first])
    if found["user"] and before and not IS_CAUSE.search(before):
        return False
    return not GUARDED.search(before)


def _indexes(sentence: Sentence, found: re.Match[str]) -> tuple[int, int]:
    return sentence.index_at(found.start()), sentence.index_at(found.end())

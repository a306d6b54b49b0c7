"""What people did not do, and what is said of them for it.

Two axes decide. How sure is it that the subject is a person (`people.Certainty`)? And is what is said of it something
that only people do or omit? The more the verb is a person's alone, the less is asked of the subject: "Lindqvist did not
ask" is found, "Redpanda did not check" is not. A sentence that goes on to say what made it so ("…, because the page
did not name the host") has answered the rule's question, and is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortems.check.language.agents import Agent, AgentFinder
from postmortems.check.language.finding import Finding, Kind
from postmortems.check.language.omission_words import (
    BELIEF,
    CLEFT,
    CONDITIONS,
    EXCUSING_TIME,
    EXPLAINED,
    IDIOMS,
    LEFT,
    MISSED,
    NO_ANSWER,
    NO_ONE,
    OMITTED,
    ONLY_POSSIBLE,
    PASSIVE,
    SUPPOSED,
    WITHOUT,
    WITHOUT_AGENT,
)
from postmortems.check.language.people import Certainty, certainty
from postmortems.check.language.sentences import Sentence


def find_omissions(sentence: Sentence, agents: AgentFinder) -> Iterator[Finding]:
    """Everything that people are said to have left undone, in no order; findings may overlap."""
    joined = sentence.joined
    for found in OMITTED.finditer(joined):
        first, last = _indexes(sentence, found)
        agent = agents.subject(first)
        if agent is None:
            agent = _they(sentence, first) if found["strict"] else None
        if agent and sentence.word(agent.first - 1) in CONDITIONS:
            continue
        if agent and _only_people(found, agent, sentence) and not _is_explained(sentence, agent.first, last):
            yield Finding(Kind.LEFT_OUT, agent.first, last)
    for found in NO_ONE.finditer(joined):
        first, last = _indexes(sentence, found)
        if sentence.word(first - 1) in ("that", "which") or not _are_people(sentence, found):
            continue
        yield Finding(Kind.LEFT_OUT, first, last)
    for pattern in (SUPPOSED, IDIOMS):
        for found in pattern.finditer(joined):
            first, last = _indexes(sentence, found)
            agent = agents.subject(first) or _they(sentence, first)
            if agent and (pattern is IDIOMS or agent.is_sure):
                yield Finding(Kind.CARELESS, agent.first, last)
    for found in WITHOUT_AGENT.finditer(joined):
        yield Finding(Kind.CARELESS, *_indexes(sentence, found))
    for found in WITHOUT.finditer(joined):
        first, last = _indexes(sentence, found)
        agent = agents.of_clause(first)
        if not agent or not agent.is_sure or sentence.words[agent.first] == "we":
            continue
        if ONLY_POSSIBLE.isdisjoint(sentence.words[agent.last : first]):
            yield Finding(Kind.LEFT_OUT, agent.first, last)
    for found in MISSED.finditer(joined):
        first, last = _indexes(sentence, found)
        agent = agents.subject(first)
        if agent and agent.is_sure and not _is_explained(sentence, agent.first, last):
            yield Finding(Kind.LEFT_OUT, agent.first, last)
    for found in LEFT.finditer(joined):
        first, last = _indexes(sentence, found)
        agent = agents.subject(first)
        if (
            agent
            and agent.is_sure
            and sentence.words[agent.first] in (*NO_ANSWER, "whoever")
            and agent.last == first - 1
        ):
            yield Finding(Kind.LEFT_OUT, agent.first, last)
    for found in CLEFT.finditer(joined):
        who = sentence.index_at(found.start("who"))
        agent = agents.ending_at(who)
        if agent and agent.is_sure:
            first, last = _indexes(sentence, found)
            yield Finding(Kind.FAULT, first, last)
    for found in PASSIVE.finditer(joined):
        first, last = _indexes(sentence, found)
        agent = agents.starting_at(last + 1)
        if agent and agent.is_sure:
            yield Finding(Kind.LEFT_OUT, first, agent.last)


def _only_people(found: re.Match[str], agent: Agent, sentence: Sentence) -> bool:
    """Whether this verb and this subject together can only mean a person who is blamed for an omission."""
    first = sentence.words[agent.first]
    if first in ("we", "one") and agent.first == agent.last:
        # "We did not test this path" owns up to a gap in the system; only what judges is more than that.
        return bool(re.search(r"\b(?:bother|care|listen|pay|paid)", found.group()))
    if found["person"]:
        words = sentence.word(sentence.index_at(found.end()) + 1)
        if words in EXCUSING_TIME and found.group().endswith(("notice", "noticed")):
            return False
        return agent.is_sure
    if found["written"]:
        return True
    return agent.certainty is not Certainty.DOUBTFUL or not found.group().endswith(("realise", "realize"))


def _are_people(sentence: Sentence, found: re.Match[str]) -> bool:
    """Whether those of whom nobody did it are people: "no reviewer", not "no check"."""
    first, last = sentence.index_at(found.start("who")), sentence.index_at(found.end("who"))
    if sentence.words[last] in ("nobody", "one"):
        return True
    nouns = (certainty((sentence.words[index],), False, frozenset()) for index in range(first, last + 1))
    return Certainty.SURE in nouns


def _they(sentence: Sentence, verb: int) -> Agent | None:
    """*They* right before the verb, where nothing before it in the sentence could be meant by it."""
    index = verb - 1
    if sentence.word(index) != "they":
        return None
    earlier = sentence.words[:index]
    if any(len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) for word in earlier):
        return None
    return Agent(index, index, Certainty.SURE)


def _is_explained(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the sentence says what made it so: a reason behind it, or before it, that is not a person, too."""
    behind = sentence.words[last + 1 :]
    for index, word in enumerate(behind):
        if word in EXPLAINED:
            reason = behind[index + 1 : index + 6]
            return bool(reason) and (reason[0] not in NO_ANSWER or not BELIEF.isdisjoint(reason))
        if word in ("who", ";"):
            break
    before = sentence.words[:first]
    return bool(before) and (before[0] in EXPLAINED or (before[-1] in ("so", "therefore")))


def _indexes(sentence: Sentence, found: re.Match[str]) -> tuple[int, int]:
    return sentence.index_at(found.start()), sentence.index_at(found.end())

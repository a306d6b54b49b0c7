"""PM601's eye: people as the subject of a failing, people's faults, and causes that are nobody's in particular.

Each frame of `blaming_phrases.txt` has a function here, which tells whether a phrase, where it is, is said of
people. *Subject*: the phrase begins with a verb of theirs; *clause*: it is said of what they did; *elsewhere*: they
are where the phrase says, if it says so; *owner*: before it; *cause*: nobody is named; *nobody*: no one did it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from postmortems.language.agents import AgentFinder
from postmortems.language.causes import is_cause
from postmortems.language.cues import Cues
from postmortems.language.finding import Finding
from postmortems.language.function_words import BE, COORDINATORS, PREPOSITIONS, SUBORDINATORS, is_adverb, word_list
from postmortems.language.noun_phrases import Agent
from postmortems.language.omissions import is_explained, omission
from postmortems.language.participles import PAST_FORMS
from postmortems.language.people import Certainty, certainty
from postmortems.language.phrases import Phrase, phrases_in
from postmortems.language.sentences import Sentence

PHRASES = phrases_in("blaming_phrases.txt")
CUES = Cues(PHRASES, {})
"""Cues: a sentence in which something is found holds one of these."""

_NO = word_list("never no not without")
_NOT_DONE = word_list("hardly if never not unless until whether")
_POSSIBLE = word_list("can could may might should to will would")
_UNNAMED = word_list("somebody someone whoever")
_UNDERGONE = word_list(
    """
    came corrected discovered felt fixed found got had has have heard joined knew learned learnt noticed realised
    realized received replaced reported reverted saw spotted suspected thought wanted
    """
)
"""Verbs of which nobody is blamed for the manner: "she noticed it too late"."""

_FAULTS_OF_SYSTEMS = word_list("domain domains handling injection isolation tolerance")
_AGREEMENT = word_list("agreement approval blessing consent permission")
_BESIDE = word_list("had involved")
"""Participles that may be between *nobody* and its verb."""

_PRAISED = word_list(
    """
    alerted answered asked brought built called came caught confirmed discovered explained first fixed found got had
    has helped identified invented is joined kept knew led maintained maintains noticed offered organised organized
    owned owns paged pointed proposed raised realised realized recognised recognized repaired replaced reported
    responded restored rolled saved saw spotted started stopped suggested suspected thought told took traced understood
    volunteered warned was were work works wrote
    """
)


def find_blame(sentence: Sentence, agents: AgentFinder) -> Iterator[Finding]:
    """Everything in the sentence that makes people the cause, in no order; findings may overlap."""
    for phrase, found in PHRASES.find(sentence):
        if finding := examine(phrase, found, sentence, agents):
            yield finding


def examine(phrase: Phrase, found: re.Match[str], sentence: Sentence, agents: AgentFinder) -> Finding | None:
    """Judge the phrase in its sentence: a finding, or harmless."""
    first, last = sentence.index_at(found.start()), sentence.index_at(found.end() - 1)
    return FRAMES[phrase.frame](phrase, found, first, last, sentence, agents)


def is_enough(phrase: Phrase, agent: Agent, sentence: Sentence) -> bool:
    """True if it is sure enough that this agent is a person, and one of whom the phrase says something."""
    if not (agent.is_sure or "named" in phrase.conditions or ("likely" in phrase.conditions and agent.is_likely)):
        return False
    word = sentence.words[agent.first]
    if "not-we" in phrase.conditions and word == "we":
        return False
    if "not-pronoun" in phrase.conditions and word in ("i", "we", "he", "she"):
        return False
    return "unnamed" not in phrase.conditions or (word in _UNNAMED and "ago" not in sentence.words)


def _subject(
    phrase: Phrase, found: re.Match[str], first: int, last: int, sentence: Sentence, agents: AgentFinder
) -> Finding | None:
    agent = agents.subject(first)
    if agent is None and "named" in phrase.conditions:
        agent = agents.they_before(first)
    if agent is None or not is_enough(phrase, agent, sentence) or _is_unreal(agent, first, sentence):
        return None
    if "unexplained" in phrase.conditions and is_explained(sentence, agent.first, last):
        return None
    return Finding(phrase.kind, agent.first, last)


def _clause(
    phrase: Phrase, found: re.Match[str], first: int, last: int, sentence: Sentence, agents: AgentFinder
) -> Finding | None:
    agent = agents.of_clause(first)
    if agent is None or not is_enough(phrase, agent, sentence) or _is_unreal(agent, first, sentence):
        return None
    if not _POSSIBLE.isdisjoint(sentence.words[agent.last + 1 : agent.last + 3]):
        return None
    if not _acts(sentence, agent, first) or is_explained(sentence, agent.first, last) or _is_agreed(sentence, last):
        return None
    return Finding(phrase.kind, agent.first, last)


def _despite(
    phrase: Phrase, found: re.Match[str], first: int, last: int, sentence: Sentence, agents: AgentFinder
) -> Finding | None:
    """The person acts behind the concession, if that begins the sentence, else before it."""
    joint = first
    if first == 0:
        comma = next((at for at in range(last, len(sentence.words)) if sentence.words[at] == ","), last)
        joint = next((at for at in range(comma + 1, len(sentence.words)) if sentence.words[at] in ",;."), comma)
    agent = agents.of_clause(joint)
    if agent is None or not is_enough(phrase, agent, sentence) or not _acts(sentence, agent, joint):
        return None
    return Finding(phrase.kind, min(first, agent.first), max(last, agent.last))


def _elsewhere(
    phrase: Phrase, found: re.Match[str], first: int, last: int, sentence: Sentence, agents: AgentFinder
) -> Finding | None:
    if "@" not in phrase.words:
        return None if sentence.word(first - 1) in _NO else Finding(phrase.kind, first, last)
    begin, end = sentence.index_at(found.start("person")), sentence.index_at(found.end("person") - 1)
    follows = None if phrase.words[-1] == "@" else lambda behind: behind == end + 1
    agent = agents.starting_at(begin, follows)
    if agent is None or not is_enough(phrase, agent, sentence):
        return None
    return Finding(phrase.kind, first, max(last, agent.last))


def _owner(
    phrase: Phrase, found: re.Match[str], first: int, last: int, sentence: Sentence, agents: AgentFinder
) -> Finding | None:
    if sentence.words[last] == "fault" and sentence.word(last + 1) in _FAULTS_OF_SYSTEMS:
        return None
    begin = first
    if sentence.words[first] == "'s":
        owner = agents.owner_ending_at(first - 1)
        if owner is None or not is_enough(phrase, owner, sentence):
            return None
        begin = owner.first
    elif sentence.words[first] == "their" and not agents.they_are_people(first):
        return None
    is_denied = not _NO.isdisjoint(sentence.words[max(0, begin - 2) : begin])
    return None if is_denied else Finding(phrase.kind, begin, last)


def _judged(
    phrase: Phrase, found: re.Match[str], first: int, last: int, sentence: Sentence, agents: AgentFinder
) -> Finding | None:
    """An adjective that makes a person of the noun behind it: "an inattentive operator"."""
    for noun in range(first + 1, last + 1):
        words = sentence.words[first : noun + 1]
        if certainty(words, noun in sentence.capitals, agents.names) is Certainty.SURE:
            return Finding(phrase.kind, first, noun)
    return None


def _cleft(
    phrase: Phrase, found: re.Match[str], first: int, last: int, sentence: Sentence, agents: AgentFinder
) -> Finding | None:
    who = next(index for index in range(last, first, -1) if sentence.words[index] == "who")
    verb = next((at for at in range(who + 1, last + 3) if not is_adverb(sentence.word(at))), last)
    if sentence.word(verb) in _PRAISED or not _is_past(sentence.word(verb)):
        return None
    agent = agents.ending_at(who)
    return Finding(phrase.kind, first, verb) if agent and agent.is_sure else None


def _cause(
    phrase: Phrase, found: re.Match[str], first: int, last: int, sentence: Sentence, agents: AgentFinder
) -> Finding | None:
    stated = "stated" in phrase.conditions
    return Finding(phrase.kind, first, last) if is_cause(sentence, found.end(), first, last, stated) else None


def _nobody(
    phrase: Phrase, found: re.Match[str], first: int, last: int, sentence: Sentence, agents: AgentFinder
) -> Finding | None:
    """*Nobody*, *no one*, *none of the reviewers*, *not a single engineer*, with where they are, and the verb."""
    who, between = sentence.words[first], sentence.words[first + 1 : last]
    if sentence.words[last] in ("noticed", "spotted") and (who != "none" or "us" in between):
        return None  # What went unseen is what a reader wants to hear.
    if sentence.word(first - 1) in ("that", "which") and sentence.word(first - 2) not in BE and "had" not in between:
        return None  # "a case that nobody thought of"
    if who in ("one", "single") and "not" not in sentence.words[max(0, first - 2) : first]:
        return None
    if who != "nobody" and not any(
        word in ("one", "us", "them") or certainty((word,), False, agents.names) for word in (who, *between)
    ):
        return None
    own = len(phrase.words) - 1 - max(at for at, word in enumerate(phrase.words) if word == "(*)")
    between = sentence.words[first + 1 : last + 1 - own]
    if any(
        word in BE or word in SUBORDINATORS or word in ("has", "have") or (_is_past(word) and word not in _BESIDE)
        for word in between
    ):
        return None
    return None if is_explained(sentence, first, last) else Finding(phrase.kind, first, last)


def _omission(
    phrase: Phrase, found: re.Match[str], first: int, last: int, sentence: Sentence, agents: AgentFinder
) -> Finding | None:
    agent = agents.subject(first) or agents.they_before(first)
    return omission(phrase, agent, first, last, sentence) if agent and not _is_unreal(agent, first, sentence) else None


FRAMES: Mapping[str, Callable[[Phrase, re.Match[str], int, int, Sentence, AgentFinder], Finding | None]] = {
    "subject": _subject,
    "clause": _clause,
    "despite": _despite,
    "elsewhere": _elsewhere,
    "owner": _owner,
    "judged": _judged,
    "cleft": _cleft,
    "cause": _cause,
    "nobody": _nobody,
    "omission": _omission,
}


def _is_unreal(agent: Agent, verb: int, sentence: Sentence) -> bool:
    """True if it did not happen: "we never ignored it", "if an engineer forgot it"."""
    return sentence.word(verb - 1) in _NOT_DONE or sentence.word(agent.first - 1) in _NOT_DONE


def _acts(sentence: Sentence, agent: Agent, end: int) -> bool:
    """True if the agent does something between its words and `end`, rather than to see it or to have it done."""
    for index in range(agent.last + 1, end):
        word, before = sentence.words[index], sentence.word(index - 1)
        begins = index == agent.last + 1 or before in COORDINATORS or is_adverb(before) or before in (",", "had", "'d")
        if begins and _is_past(word) and word not in _UNDERGONE and word not in BE and before not in PREPOSITIONS:
            return True
    return False


def _is_agreed(sentence: Sentence, last: int) -> bool:
    """True if others agreed to the deed: "with the approval of …" behind it."""
    behind = sentence.words[last + 1 :]
    return "with" in behind and not _AGREEMENT.isdisjoint(behind)


def _is_past(word: str) -> bool:
    return word in PAST_FORMS or (len(word) > 3 and word.endswith("ed"))

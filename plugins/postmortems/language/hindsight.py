"""PM602's eye: what people should, could or would have done, and what would be if they had."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.language.agents import AgentFinder
from postmortems.language.blame import examine
from postmortems.language.cues import Cues
from postmortems.language.finding import Finding, Kind
from postmortems.language.function_words import is_adverb, word_list
from postmortems.language.participles import is_participle
from postmortems.language.phrases import phrases_in
from postmortems.language.sentences import Sentence

_HAVE = r".{0,60}?(?:ha|['’])ve |.{0,20}? of "
PHRASES = phrases_in("hindsight_phrases.txt")
CUES = Cues(
    PHRASES,
    {
        "could": f"could(?:{_HAVE})",
        "couldn": f"couldn['’]t(?:{_HAVE})",
        "d": "['’]d .{0,40}?have ",
        "might": f"might(?:{_HAVE})",
        "ought": r"\bought ",
        "oughtn": "oughtn['’]t ",
        "should": f"should(?:{_HAVE})",
        "shouldn": f"shouldn['’]t(?:{_HAVE})",
        "would": f"would(?:{_HAVE})",
        "wouldn": f"wouldn['’]t(?:{_HAVE})",
    },
)
"""Cues: a sentence in which something is found holds one of these."""

_MODALS = {
    "should": Kind.SHOULD_HAVE,
    "ought": Kind.SHOULD_HAVE,
    "could": Kind.COULD_HAVE,
    "might": Kind.COULD_HAVE,
    "would": Kind.WOULD_HAVE,
    "'d": Kind.WOULD_HAVE,
}
_EXPECTATION = word_list("expected hoped liked loved preferred received wanted wished")
_SUFFERING = word_list("experienced faced had lost suffered")
_WHOEVER = word_list("anybody anyone everybody everyone")


def find_hindsight(sentence: Sentence, agents: AgentFinder) -> Iterator[Finding]:
    """Find what people did not do, in no order. Of a condition with its consequence only the condition is found."""
    for phrase, where in PHRASES.find(sentence):
        if easy := examine(phrase, where, sentence, agents):
            yield easy
    modals = [index for index, word in enumerate(sentence.words) if word in _MODALS]
    conditions = [index for index, word in enumerate(sentence.words) if word in ("had", "'d")] if modals else []
    condition = next((finding for index in conditions if (finding := _condition(sentence, agents, index))), None)
    if condition:
        yield condition
    for index in modals:
        found = _modal(sentence, agents, index)
        if found and not (condition and found.kind is not Kind.SHOULD_HAVE):
            yield found


def _modal(sentence: Sentence, agents: AgentFinder, modal: int) -> Finding | None:
    """ "the team should have tested": what follows *have* tells it from "the team should have a test"."""
    kind = _MODALS[sentence.words[modal]]
    have = _behind_adverbs(sentence, modal + 1)
    if sentence.words[modal] == "ought":
        have = _behind_adverbs(sentence, have + 1) if sentence.word(have) == "to" else -1
    if sentence.word(have) not in ("have", "of"):
        return None
    verb = _behind_adverbs(sentence, have + 1)
    if (passive := _passive(sentence, verb)) is not None:
        agent = agents.behind_by(passive)
        return Finding(kind, modal, agent.last) if agent and agent.is_sure else None
    if not _is_past(sentence, verb) or _is_harmless(sentence, kind, modal, verb):
        return None
    agent = agents.subject(modal)
    if agent is None or not agent.is_sure:
        return None
    if kind is not Kind.SHOULD_HAVE and sentence.words[agent.first] in _WHOEVER:
        return None  # "Anyone could have restarted it" says what was possible.
    return Finding(kind, agent.first, _last_of_verb(sentence, verb))


def _is_harmless(sentence: Sentence, kind: Kind, modal: int, verb: int) -> bool:
    word = sentence.words[verb]
    if word in _EXPECTATION or (word == "had" and sentence.word(verb + 1) == "to"):
        return True  # "We would have expected …", "we should have received a page", "they would have had to …"
    if kind is Kind.SHOULD_HAVE:
        return word == "known"  # That is PM601's.
    # "Could not have known" excuses; "would not have noticed" and "would have lost all" tell of luck; and "the one
    # person who could have approved it was on a plane" says what the system rests on.
    return word in _SUFFERING or "not" in sentence.words[modal:verb] or sentence.word(modal - 1) == "who"


def _condition(sentence: Sentence, agents: AgentFinder, had: int) -> Finding | None:
    """ "if the engineer had read", "had the team tested": without *if*, the agent is behind *had*.

    What would be if they had *not* done it is luck as often as blame, and left alone.
    """
    verb = _behind_adverbs(sentence, had + 1)
    agent = agents.subject(had)
    first = agent.first - 1 if agent else had
    if agent is None and sentence.words[had] == "had":
        agent = agents.starting_at(verb, lambda behind: _acts(sentence, _behind_adverbs(sentence, behind)))
        verb = _behind_adverbs(sentence, agent.last + 1) if agent else verb
    elif sentence.word(first) not in ("if", "only"):
        return None
    if not agent or not agent.is_sure or not _acts(sentence, verb) or "not" in sentence.words[had:verb]:
        return None
    return Finding(Kind.IF_HAD, first, _last_of_verb(sentence, verb))


def _acts(sentence: Sentence, verb: int) -> bool:
    return _passive(sentence, verb) is None and sentence.word(verb) != "had" and _is_past(sentence, verb)


def _is_past(sentence: Sentence, verb: int) -> bool:
    return sentence.word(verb) == "been" or is_participle(sentence.words, verb)


def _passive(sentence: Sentence, been: int) -> int | None:
    """Index of the participle of a passive, if one begins with *been* there: "should have been paged"."""
    participle = _behind_adverbs(sentence, been + 1)
    return participle if sentence.word(been) == "been" and is_participle(sentence.words, participle) else None


def _last_of_verb(sentence: Sentence, verb: int) -> int:
    """*Been* alone says nothing: "been watching", "been more careful"."""
    return verb + 1 if sentence.word(verb) == "been" and sentence.word(verb + 1).isalpha() else verb


def _behind_adverbs(sentence: Sentence, index: int) -> int:
    """The index behind the adverbs and *not* that are from `index` on, of which four are enough."""
    last = index + 4
    while index < last and (sentence.word(index) == "not" or is_adverb(sentence.word(index))):
        index += 1
    return index

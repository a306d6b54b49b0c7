"""Agents: the subject of a verb, or the words behind "by", if it is a person or a team.

The subject is found by walking from the verb to the left, over adverbs, what is said of the noun (*on call*, *of the
change*, *who wrote the job*) and what is between commas. "The script that the team wrote failed" has no person as
its subject, nor has "the pod of the developer".
"""

from __future__ import annotations

from collections.abc import Callable

from postmortems.language.function_words import (
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    FUNCTION_WORDS,
    PERSONAL_PRONOUNS,
    PREPOSITIONS,
    SUBORDINATORS,
    is_adverb,
)
from postmortems.language.noun_phrases import FARTHEST, Agent, NounPhrases
from postmortems.language.people import ON_DUTY, PART_OF_A_GROUP, Certainty, certainty

_NOT_JOINING = (("at", "once"), ("did", "so"))
"""Words that begin a clause elsewhere, with the word before that makes them a part of this one."""


class AgentFinder(NounPhrases):
    """Finds the agents of one sentence among its noun phrases."""

    def subject(self, verb: int) -> Agent | None:
        """The subject of the verb at this index, if it is a person or a team."""
        last = verb - 1
        while last >= 0 and (self.words[last] in AUXILIARIES or is_adverb(self.words[last])):
            last -= 1
        if self.word(last) in COORDINATORS or (last >= 0 and self.words[last + 1] == "then"):
            return self.of_clause(last)
        if self.word(last) == ",":
            opening = self._comma_before(last)
            return self.ending_at(opening - 1) if opening and not self._is_a_thing(opening, last) else None
        return self.ending_at(last) or self._whoever(last)

    def _is_a_thing(self, opening: int, closing: int) -> bool:
        """True if a name's apposition between these commas tells that it is no person's: "Jasper, our log shipper,"."""
        if opening - 1 not in self.sentence.capitals or self.word(opening + 1) not in DETERMINERS:
            return False
        return not any(certainty((word,), False, self.names) for word in self.words[opening + 1 : closing])

    def behind_by(self, participle: int) -> Agent | None:
        """The agent of a passive: "was ignored by the on-call"."""
        for index in range(participle + 1, min(participle + 6, len(self.words))):
            if self.words[index] == "by":
                return self.starting_at(index + 1)
            if self.words[index] in COORDINATORS or not self._is_word(index):
                break
        return None

    def starting_at(self, first: int, follows: Callable[[int], bool] | None = None) -> Agent | None:
        """The person or team whose words begin at `first`, if `follows` agrees with the index behind them; without it,
        if nothing is behind them that could belong to them."""
        follows = follows or self._ends_phrase
        if self.word(first) in PERSONAL_PRONOUNS:
            return Agent(first, first, Certainty.SURE) if follows(first + 1) else None
        if self.word(first) == "they":
            return Agent(first, first, Certainty.SURE) if follows(first + 1) and self.they_are_people(first) else None
        if self.word(first) == "whoever":
            return Agent(first, first, Certainty.SURE)
        if self.word(first) in PART_OF_A_GROUP and self.word(first + 1) == "of":
            whole = self.starting_at(first + 2, follows)
            return Agent(first, whole.last, whole.certainty) if whole else None
        for last in range(first, min(first + 5, len(self.words))):
            word = self.words[last]
            if not (self._is_word(last) or word in ("'s", "@")) or (word in FUNCTION_WORDS and word not in DETERMINERS):
                return None
            if word not in DETERMINERS and (sure := self._certainty(first, last)):
                on_duty = self.word(last + 1) == "on" and self.word(last + 2) in ON_DUTY
                end = last + 2 if on_duty else last
                if follows(end + 1):
                    return Agent(first, end, Certainty.SURE if on_duty else sure)
        return None

    def ending_at(self, last: int, depth: int = 0) -> Agent | None:
        """The person or team whose words end at `last`, with all that is said of them, if it can be a subject."""
        if depth > 4 or last < 0:
            return None
        match self.words[last]:
            case word if word in PERSONAL_PRONOUNS:
                return Agent(last, last, Certainty.SURE)
            case "they":
                return Agent(last, last, Certainty.SURE) if self.they_are_people(last) else None
            case "who":
                return self._those_who(last, depth)
        first = self._phrase_start(last)
        if first is None:
            return None
        sure = self._certainty(first, last)
        before = self.word(first - 1)
        if before in PREPOSITIONS:
            return self._with_preposition(first, last, sure, depth)
        if not self._is_word(first - 1) or before in FUNCTION_WORDS or is_adverb(before):
            return Agent(self._with_companions(first), last, sure) if sure else None
        if (relative := self._relative(first - 1)) is not None:
            return self._widened(self.ending_at(relative - 1, depth + 1), last)
        # A verb before it: "paging the engineer failed", "attempts to page the engineer failed" have other subjects.
        if before.endswith("ing") or self.word(first - 2) == "to":
            return None
        return Agent(first, last, sure) if sure else None

    def _whoever(self, last: int) -> Agent | None:
        """*Whoever* with its clause, which ends at `last`: "whoever wrote the job did not …"."""
        for index in range(last, max(-1, last - FARTHEST // 2), -1):
            if self.words[index] == "whoever":
                return Agent(index, last, Certainty.SURE)
            if not self._is_word(index) and self.words[index] != "'s":
                return None
        return None

    def _with_preposition(self, first: int, last: int, sure: Certainty | None, depth: int) -> Agent | None:
        """The noun before the preposition is the subject: an engineer on call, one of the engineers, a user's pod."""
        outer = first - 2
        if sure and self.words[first - 1] == "of" and self.word(outer) in PART_OF_A_GROUP:
            return Agent(outer - 1 if self.word(outer - 1) in DETERMINERS else outer, last, sure)
        whole = self.ending_at(outer, depth + 1)
        if whole is None and (relative := self._relative(outer)) is not None:
            whole = self.ending_at(relative - 1, depth + 1)
        if whole and self.words[first - 1] == "on" and self.words[last] in ON_DUTY:
            return Agent(whole.first, last, Certainty.SURE)
        return self._widened(whole, last)

    def _with_companions(self, first: int) -> int:
        """Begin of the phrase that joins several people with *and*."""
        if self.word(first - 1) in ("and", "&") and first > 1:
            begin = self._phrase_start(first - 2)
            if begin is not None and self._certainty(begin, first - 2):
                return begin
        return first

    def _those_who(self, who: int, depth: int) -> Agent | None:
        last = who - 2 if self.word(who - 1) == "," else who - 1
        if self.word(last) in ("those", "anyone", "one"):
            return Agent(last, who, Certainty.SURE)
        first = self._phrase_start(last)
        if first is not None and self._certainty(first, last) is Certainty.SURE:
            return Agent(first, who, Certainty.SURE)
        return self._widened(self.ending_at(last, depth + 1), who)

    def of_clause(self, joint: int) -> Agent | None:
        """The subject of an earlier verb in the same clause: "the engineer restarted the node, and forgot …"."""
        begin = joint - 1 if self.word(joint - 1) == "," else joint
        while begin > max(0, joint - FARTHEST) and self._is_word(begin - 1):
            word, before = self.words[begin - 1], self.word(begin - 2)
            if word == "as":
                if agent := self.starting_at(begin, self._begins_predicate):
                    return agent
            elif word in SUBORDINATORS and (before, word) not in _NOT_JOINING:
                break
            begin -= 1
        if self.word(begin - 1) == "who":
            return self._those_who(begin - 1, 0)
        while begin < joint and (self.words[begin] in COORDINATORS or is_adverb(self.words[begin])):
            begin += 1
        return self.starting_at(begin, self._begins_predicate)

    def _comma_before(self, comma: int) -> int:
        """The comma that opens what the one at `comma` closes, or 0."""
        nearest = range(comma - 1, max(0, comma - FARTHEST // 2), -1)
        return next((index for index in nearest if self.words[index] == ","), 0)

    def _relative(self, index: int) -> int | None:
        """Index of the pronoun of the relative clause that goes up to `index`."""
        for at in range(index, max(0, index - FARTHEST // 3), -1):
            if not self._is_word(at) and self.words[at] != "'s":
                return None
            if self.words[at] in ("who", "that", "which"):
                return at if self.words[at - 1] not in FUNCTION_WORDS else None
        return None

    @staticmethod
    def _widened(agent: Agent | None, last: int) -> Agent | None:
        return Agent(agent.first, last, agent.certainty) if agent else None

"""Who acts: the subject of a verb, or what stands behind "by", where it is a person or a team.

The subject is found by walking from the verb to the left, over adverbs, what is said of the noun (*on call*, *of the
change*, *who wrote the job*) and what stands between commas. "The script that the team wrote failed" has no person as
its subject, nor has "the pod of the developer".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from postmortems.check.language.function_words import (
    AUXILIARIES,
    BE,
    COORDINATORS,
    DETERMINERS,
    FUNCTION_WORDS,
    PERSONAL_PRONOUNS,
    PREPOSITIONS,
    SUBORDINATORS,
    is_adverb,
    word_list,
)
from postmortems.check.language.participles import is_participle
from postmortems.check.language.people import ON_DUTY, PART_OF_A_GROUP, Certainty, certainty
from postmortems.check.language.sentences import Sentence

_PAST = word_list(
    "ate began broke chose drew drove fell forgot gave hid ran saw shook spoke stole swore took went woke wrote"
)
"""Past tenses that are not participles, too."""

_FARTHEST = 24
"""How many words a walk may cross."""


@dataclass(frozen=True, slots=True)
class Agent:
    """A person or team in a sentence: the indexes of the first and last word, and how sure it is that it is one."""

    first: int
    last: int
    certainty: Certainty

    @property
    def is_sure(self) -> bool:
        """Whether it cannot be a program."""
        return self.certainty is Certainty.SURE

    @property
    def is_likely(self) -> bool:
        """Whether it is known as a person's word at all, which is enough for what only people do."""
        return self.certainty is not Certainty.NAMED


class AgentFinder:
    """Finds the agents of one sentence.

    `before` gives the sentence before it in the same passage, in which *they* may have been introduced; `names` are
    names of people that are known from elsewhere, `things` those of services, both in lower case.
    """

    def __init__(
        self,
        sentence: Sentence,
        before: Callable[[], Sentence],
        names: frozenset[str],
        things: frozenset[str] = frozenset(),
    ) -> None:
        self.sentence, self.before, self.names, self.things = sentence, before, names, things
        self.words, self.word = sentence.words, sentence.word

    def subject(self, verb: int) -> Agent | None:
        """The subject of the verb at this index, if it is a person or a team."""
        last = verb - 1
        while last >= 0 and (self.words[last] in AUXILIARIES or is_adverb(self.words[last])):
            last -= 1
        if self.word(last) in COORDINATORS or (last >= 0 and self.words[last + 1] == "then"):
            return self.of_clause(last)
        if self.word(last) == ",":
            opening = self._comma_before(last)
            return self.ending_at(opening - 1) if opening else None
        return self.ending_at(last) or self._whoever(last)

    def behind_by(self, participle: int) -> Agent | None:
        """The agent of a passive: "was ignored by the on-call"."""
        for index in range(participle + 1, min(participle + 6, len(self.words))):
            if self.words[index] == "by":
                return self.starting_at(index + 1)
            if self.words[index] in COORDINATORS or not self._is_word(index):
                break
        return None

    def is_passive(self, participle: int) -> bool:
        """Whether the participle at this index has a form of *to be* before it, or an agent right behind it."""
        index = participle - 1
        while is_adverb(self.word(index)):
            index -= 1
        return self.word(index) in BE or self.word(participle + 1) == "by"

    def starting_at(self, first: int, follows: Callable[[int], bool] | None = None) -> Agent | None:
        """The person or team whose words begin at `first`, if `follows` agrees with the index behind them; without it,
        if nothing is behind them that could belong to them."""
        follows = follows or self._ends_phrase
        if self.word(first) in PERSONAL_PRONOUNS:
            return Agent(first, first, Certainty.SURE) if follows(first + 1) else None
        if self.word(first) in PART_OF_A_GROUP and self.word(first + 1) == "of":
            whole = self.starting_at(first + 2, follows)
            return Agent(first, whole.last, whole.certainty) if whole else None
        for last in range(first, min(first + 5, len(self.words))):
            if self._phrase_start(last) == first and (sure := self._certainty(first, last)) and follows(last + 1):
                return Agent(first, last, sure)
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

    def they_are_people(self, index: int) -> bool:
        """Whether the nearest noun before *they* or *their* that can be meant by it is people.

        Where there is none at all, a passage that begins with *they* speaks of people.
        """
        nearest = self.words[max(0, index - _FARTHEST) : index]
        earlier = self.before().words[-_FARTHEST:] if index < _FARTHEST // 2 else ()
        for word in reversed((*earlier, *nearest)):
            if certainty((word,), False, frozenset()) is Certainty.SURE:
                return True
            if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
                return False
        return self.words[index] == "they" and not earlier

    def _whoever(self, last: int) -> Agent | None:
        """*Whoever* with its clause, which ends at `last`: "whoever wrote the job did not …"."""
        for index in range(last, max(-1, last - _FARTHEST // 2), -1):
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
        """Where the phrase begins that joins several people with *and*."""
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
        while begin > max(0, joint - _FARTHEST):
            if not self._is_word(begin - 1) or self.words[begin - 1] in SUBORDINATORS:
                break
            begin -= 1
        if self.word(begin - 1) == "who":
            return self._those_who(begin - 1, 0)
        while begin < joint and (self.words[begin] in COORDINATORS or is_adverb(self.words[begin])):
            begin += 1
        return self.starting_at(begin, self._begins_predicate)

    def _comma_before(self, comma: int) -> int:
        """The comma that opens what the one at `comma` closes, or 0."""
        nearest = range(comma - 1, max(0, comma - _FARTHEST // 2), -1)
        return next((index for index in nearest if self.words[index] == ","), 0)

    def _relative(self, index: int) -> int | None:
        """Where the pronoun of the relative clause stands that goes up to `index`."""
        for at in range(index, max(0, index - _FARTHEST // 3), -1):
            if not self._is_word(at) and self.words[at] != "'s":
                return None
            if self.words[at] in ("who", "that", "which"):
                return at if self.words[at - 1] not in FUNCTION_WORDS else None
        return None

    def _phrase_start(self, last: int) -> int | None:
        """Where the noun phrase begins whose noun stands at `last`."""
        if self.words[last] in FUNCTION_WORDS or not self._is_word(last):
            return None
        for first in range(last - 1, max(-1, last - 6), -1):
            word = self.words[first]
            if word in DETERMINERS:
                return first - 1 if self.word(first - 1) in ("all", "both") else first
            if word in FUNCTION_WORDS or is_adverb(word) or not (self._is_word(first) or word in ("'s", "@")):
                break
        # Without an article, only what surely belongs to the noun is taken with it.
        first = last
        while self.word(first - 1) in ("@", "new", "on-call") or (
            first - 1 in self.sentence.capitals and self.words[first - 1] not in FUNCTION_WORDS
        ):
            first -= 1
        return first

    def _certainty(self, first: int, last: int) -> Certainty | None:
        return certainty(self.words[first : last + 1], last in self.sentence.capitals, self.names, self.things)

    def _ends_phrase(self, index: int) -> bool:
        word = self.word(index)
        return not word[:1].isalpha() or word in FUNCTION_WORDS or is_adverb(word)

    def _begins_predicate(self, index: int) -> bool:
        word = self.word(index)
        return word in AUXILIARIES or word in BE or word in _PAST or is_adverb(word) or is_participle(self.words, index)

    def _is_word(self, index: int) -> bool:
        return self.word(index)[:1].isalnum()

    @staticmethod
    def _widened(agent: Agent | None, last: int) -> Agent | None:
        return Agent(agent.first, last, agent.certainty) if agent else None

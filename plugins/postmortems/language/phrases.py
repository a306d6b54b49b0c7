"""The phrases that the rules look for, and the search for them.

They are in text files beside this module, a line each, in the form that the words of a sentence have: lower case,
contractions as two words, one blank between two. A line that begins with `#` is a comment. Signs in a phrase:

- `a|b` is one of several words, `(a|b)` one that may be missing, `!a|b` any word but these;
- `*` is any word, `…` up to five of them or none; neither goes over punctuation;
- `~ed` is a verb in the past tense or its participle, `~ing` and `~ly` words that end so;
- `<name>` is a list of words that a line `name = a b c` has declared before, also within `a|<name>`;
- `@` is where the person is that it is said of.

`[frame condition condition: KIND]` begins a group; what a frame asks of a sentence is for the detectors to say.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from postmortems.language.finding import Kind
from postmortems.language.function_words import FUNCTION_WORDS
from postmortems.language.participles import PAST_FORMS
from postmortems.language.sentences import Sentence

_WORD = r"[^\s.,;:!?()]+ "
_ENDINGS = {"~ed": rf"(?:[a-z-]+[^e\W]ed|{'|'.join(sorted(PAST_FORMS))}) ", "~ing": "[a-z-]+ing ", "~ly": "[a-z-]+ly "}
_ANY = {"*": _WORD, "…": f"(?:{_WORD}){{0,5}}?", "@": f"(?P<person>(?:{_WORD}){{1,6}}?)", **_ENDINGS}
_CONTRACTED = {
    "not": ("not", "t"),
    "had": ("had", "hadn", "d"),
    "have": ("have", "haven", "ve"),
    "is": ("is", "isn", "s"),
}
_LETTERS = bytes(byte if chr(byte) in "abcdefghijklmnopqrstuvwxyz" else ord(" ") for byte in range(256))


@dataclass(frozen=True)
class Phrase:
    """One line of a file: its words and signs, and what its group says of it."""

    frame: str
    conditions: frozenset[str]
    kind: Kind
    words: tuple[str, ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """A pattern over the words of a sentence, with a blank behind each. Most are never needed."""
        return re.compile(r"(?<!\S)" + "".join(_pattern(word) for word in self.words))

    @cached_property
    def needed(self) -> tuple[frozenset[bytes], ...]:
        """Forms of each of its words of which a text with this phrase holds at least one, rarest first."""
        sets = [_forms(word) for word in self.words if word[0] not in "*…@~(!"]
        if "unnamed" in self.conditions:
            sets.append(_forms("somebody|someone|whoever"))
        return tuple(sorted((words for words in sets if words), key=_how_frequent))


class Phrases:
    """Phrases that are found by the rarest of their words, so that most text is never searched."""

    def __init__(self, phrases: tuple[Phrase, ...]) -> None:
        self.all = phrases
        self._by_word: dict[bytes, list[tuple[Phrase, tuple[frozenset[bytes], ...]]]] = {}
        for phrase in self.all:
            rarest, *others = phrase.needed
            for form in rarest:
                self._by_word.setdefault(form, []).append((phrase, tuple(others)))

    def may_be_in(self, words: Collection[bytes]) -> Iterator[Phrase]:
        """The phrases of which no word is missing, in no order; one may come twice."""
        for word in self._by_word.keys() & words:
            for phrase, others in self._by_word[word]:
                for forms in others:
                    if forms.isdisjoint(words):
                        break
                else:
                    yield phrase

    def find(self, sentence: Sentence) -> Iterator[tuple[Phrase, re.Match[str]]]:
        """Each phrase in the sentence, with where it is in its joined words."""
        joined = f"{sentence.joined} "
        for phrase in {id(phrase): phrase for phrase in self.may_be_in(letters(joined))}.values():
            for found in phrase.pattern.finditer(joined):
                yield phrase, found


def letters(text: str) -> frozenset[bytes]:
    """All runs of the letters a to z in a text, which is in lower case; as bytes, which is a third of the cost."""
    return frozenset(text.encode(errors="replace").translate(_LETTERS).split())


def phrases_in(name: str) -> Phrases:
    """The phrases of the file with this name beside this module."""
    return Phrases(tuple(read_phrases(files(__package__).joinpath(name).read_text("utf-8"))))


def read_phrases(text: str) -> Iterator[Phrase]:
    """The phrases in the text of a file."""
    lists: dict[str, str] = {}
    frame, conditions, kind = "", frozenset[str](), Kind.SLIP
    for line in text.splitlines():
        name, is_list, words = line.partition(" = ")
        if not line or line.startswith("#"):
            continue
        if is_list:
            lists[name] = "|".join(_filled(words, lists).split())
        elif line.startswith("["):
            head, _, wanted = line.strip("[]").partition(": ")
            frame, *rest = head.split()
            conditions, kind = frozenset(rest), Kind[wanted]
        else:
            yield Phrase(frame, conditions, kind, tuple(_filled(line, lists).split()))


def _filled(line: str, lists: dict[str, str]) -> str:
    return re.sub(r"<([a-z_]+)>", lambda found: lists[found[1]], line)


def _pattern(word: str) -> str:
    if word in _ANY:
        return _ANY[word]
    if word.startswith("("):
        return f"(?:{_pattern(word[1:-1])})?"
    if word.startswith("!"):
        return f"(?!{_pattern(word[1:])}){_WORD}"
    return rf"(?:{'|'.join(_ANY.get(choice, re.escape(choice) + ' ') for choice in word.split('|'))})"


def _forms(word: str) -> frozenset[bytes]:
    """The forms of which one is in a text with this word; none where that cannot be told."""
    forms: set[str] = set()
    for choice in word.split("|"):
        runs = re.findall("[a-z]+", choice)
        if not runs or choice[0] in "~'":
            return frozenset()
        longest = max(runs, key=len)
        forms.update(_CONTRACTED.get(longest, (longest, f"{longest}n") if longest in FUNCTION_WORDS else (longest,)))
    return frozenset(form.encode() for form in forms)


def _how_frequent(forms: Iterable[bytes]) -> tuple[bool, int]:
    every = tuple(forms)
    return any(form.decode() in FUNCTION_WORDS for form in every), len(every)

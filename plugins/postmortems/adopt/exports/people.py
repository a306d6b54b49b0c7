"""People of chats, pagers and trackers: their role or initials in place of names, unless names were asked for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import pairwise

_WORD = re.compile(r"@?\w+(?:[.'’-]\w+)*")
_POSSESSIVE = re.compile(r"['’]s$")
_MOST_INITIALS = 4
_MOST_WORDS = 5


class People:
    """The people whom an export names. Each has initials that no other has: `AG`, and a second one `AG2`.

    Who has one of the `roles`, by name, is called by it.
    """

    def __init__(self, names: Iterable[str], *, shown: bool, roles: Mapping[str, str] | None = None) -> None:
        self.shown = shown
        roles = roles or {}
        self._called: dict[str, str] = {}
        self._by_first_word: dict[str, list[tuple[list[str], str]]] = {}
        taken: Counter[str] = Counter()
        for name in sorted({" ".join(spelling.split()) for spelling in names} - {""}):
            initials = _initials(name)
            taken[initials] += 1
            self._called[name] = roles.get(name) or (
                initials if taken[initials] == 1 else f"{initials}{taken[initials]}"
            )
            words = [_plain(word) for word in _WORD.findall(name)]
            if words and "@" not in name and len(words) <= _MOST_WORDS:
                self._by_first_word.setdefault(words[0], []).append((words, self._called[name]))

    def called(self, name: str) -> str:
        """Name of somebody in the postmortem: a role, initials or the name itself; empty for nobody."""
        name = " ".join(name.split())
        return name if self.shown or not name else self._called.get(name) or _initials(name)

    def without_names(self, text: str) -> str:
        """A text with initials in place of names: of whole names, and of single words only behind an `@`."""
        if self.shown or not self._by_first_word:
            return text
        found = list(_WORD.finditer(text))
        said = [_plain(word[0]) for word in found]
        apart = [text[word.end() : following.start()].strip() for word, following in pairwise(found)]
        made: list[str] = []
        done = 0
        for index, word in enumerate(found):
            if word.start() < done:
                continue
            for words, initials in self._by_first_word.get(said[index], ()):
                end = index + len(words)
                together = not any(apart[index : end - 1])
                if said[index:end] == words and together and (len(words) > 1 or word[0].startswith("@")):
                    made += text[done : word.start()], initials
                    done = found[end - 1].end()
                    break
        return "".join([*made, text[done:]])


def _plain(word: str) -> str:
    return _POSSESSIVE.sub("", word.removeprefix("@").casefold())


def _initials(name: str) -> str:
    """The first letter of each of a name's words; of a mail address, of the part that names somebody."""
    parts = re.findall(r"[^\W\d_]+", name.partition("@")[0] or name)
    return "".join(part[0].upper() for part in parts)[:_MOST_INITIALS] or "?"

"""A stretch of a text that no output may show whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

_STARS = ("", "*", "×", "•", "🞄")


@dataclass(frozen=True, slots=True)
class Sensitive:
    """A secret or a piece of personal data in a text: where it is, and what it is, as in "a GitHub token".

    `start` and `end` count from 0. Its first `head` and last `tail` characters may be seen, and nothing between.
    """

    start: int
    end: int
    what: str
    head: int
    tail: int = 0

    @property
    def length(self) -> int:
        """Number of its characters."""
        return self.end - self.start

    def at(self, offset: int) -> Sensitive:
        """The same in a text of which this one is a piece that begins at `offset`."""
        return replace(self, start=self.start + offset, end=self.end + offset)

    def masked(self, text: str) -> str:
        """Form in a message: `ghp_… (40 characters)`, `j…@customer.test`."""
        if self.head + self.tail >= self.length:
            return text[self.start : self.end]
        size = "" if self.tail else f" ({self.length} characters)"
        return f"{text[self.start : self.start + self.head]}…{text[self.end - self.tail : self.end]}{size}"

    def starred(self, text: str) -> str:
        """Form in a source line: just as long, so that columns stay right."""
        head, tail = self.start + self.head, max(self.end - self.tail, self.start + self.head)
        return f"{text[self.start : head]}{stars(text[head:tail])}{text[tail : self.end]}"


def stars(text: str) -> str:
    """A sign for each character, and of as many bytes in UTF-8, since some formats count those."""
    return (
        "*" * len(text)
        if text.isascii()
        else "".join(_STARS[len(character.encode("utf-8", "replace"))] for character in text)
    )


def outermost(found: Iterable[Sensitive]) -> tuple[Sensitive, ...]:
    """Sort by place, without those that lie within another one; of two in one place the first stays."""
    kept: list[Sensitive] = []
    for span in sorted(found, key=lambda span: (span.start, -span.end)):
        if not kept or span.end > kept[-1].end:
            kept.append(span)
    return tuple(kept)

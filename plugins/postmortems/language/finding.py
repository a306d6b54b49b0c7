"""Finding of a detector in a sentence: the kind, and which words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """Kind of statement about people. Each kind has its own question."""

    FAILED = "failed"
    FORGOT = "forgot"
    IGNORED = "ignored"
    LEFT_OUT = "left out"
    WRONG_THING = "wrong thing"
    SLIP = "slip"
    CARELESS = "careless"
    FAULT = "fault"
    ERROR_AS_CAUSE = "error as cause"
    SHOULD_HAVE_KNOWN = "should have known"
    SHOULD_HAVE = "should have"
    COULD_HAVE = "could have"
    WOULD_HAVE = "would have"
    IF_HAD = "if … had"


@dataclass(frozen=True, slots=True)
class Finding:
    """The words from `first` to `last`, both included, of a sentence."""

    kind: Kind
    first: int
    last: int


def phrase(pattern: str) -> re.Pattern[str]:
    """A pattern over the words of a sentence joined by blanks, which begins and ends with whole words.

    It may go over several lines; one that begins with a bar or an optional group goes on without a blank.
    """
    one_line = re.sub(r"\s*\n\s*(?=\||\(\?: )", "", pattern)
    one_line = re.sub(r"\s*\n\s*", " ", one_line)
    return re.compile(rf"(?<!\S)(?:{one_line})(?!\S)")

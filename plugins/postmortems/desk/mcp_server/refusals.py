"""Refusals of questions that have no answer, each with the next step."""

from __future__ import annotations

import json
from collections.abc import Iterable

from postmortems.check.masking import Masking
from postmortems.text.spelling import did_you_mean

_LISTED = 10
_LONGEST = 80


class CannotAnswerError(Exception):
    """A question without an answer; the text says why and what to ask instead."""


def no_such(what: str, word: str, names: Iterable[str], masking: Masking) -> CannotAnswerError:
    """The refusal of a word that names nothing.

    It quotes names from files, as JSON: data like all that is below `from_files`, with nothing in them that must not be
    shown.
    """
    known = sorted({masking.message("", name) for name in names})
    instead = did_you_mean(word, known)
    if not instead:
        quoted = ", ".join(json.dumps(name[:_LONGEST], ensure_ascii=False) for name in known[:_LISTED])
        more = f" and {len(known) - _LISTED} more" if len(known) > _LISTED else ""
        instead = f"names in the files, which are data: {quoted}{more}" if known else "there is none yet"
    return CannotAnswerError(f"no {what} is called {json.dumps(word[:_LONGEST], ensure_ascii=False)}; {instead}")

"""Words that speak of how a failure is noticed."""

from __future__ import annotations

import re

_WATCHING = (
    r"\b(?:alert|alarm|monitor|detect|observab|telemetry|health[ -]?check|synthetic|probe|dashboard|metrics?\b"
    r"|pag(?:es?|ed|ing)\s(?:the\s|an\s)?on-?call)"
)
_IS_WATCHING = re.compile(_WATCHING, re.IGNORECASE)
_IS_NOTICING = re.compile(
    _WATCHING + r"|\b(?:undetect|notic|unnotic|unseen|silent|visib|invisib|pag(?:ed|er|ing)\b)", re.IGNORECASE
)


def sets_a_watch(text: str) -> bool:
    """True if an action item plainly is about noticing: an alert, a check, something that is measured."""
    return _IS_WATCHING.search(text) is not None


def speaks_of_detection(text: str) -> bool:
    """True if a text is about how a failure was noticed, or why it was not."""
    return _IS_NOTICING.search(text) is not None

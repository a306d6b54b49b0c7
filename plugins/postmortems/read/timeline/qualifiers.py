"""Words that make a time approximate: `~`, `about`, `shortly after`, `by`, and behind it `ish`, `approx.`, `or so`."""

from __future__ import annotations

import re

_ABOUT = re.compile(
    r"(?:[~≈∼]|(?:approx(?:imately)?\b\.?|about\b|around\b|circa\b|c\.|ca\.|ca\b|roughly\b|est(?:imated)?\.)\s?)\s?"
    r"(?=[\d*_`(\[A-ZnmT])",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"(?P<words>(?:(?:shortly|just|soon|right|some\s?time|a\s(?:bit|little))\s)?(?:before|after|past)|by|until|till|up\sto"
    r"|no\slater\sthan|not\sbefore|early|late)\s{1,3}(?=[~≈∼\d*_`(\[A-Zacnmr])|(?P<arrow>(?:→|⇒|-{1,2}>|=>)\s{0,3})",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"[~≈]|-?ish\b|approx(?:imately|\.)?(?!\w)|(?-i:est)(?:imated)?\.?(?!\w)|\?(?=\s|$|[)*`\]])|or\s(?:so|thereabouts|later|earlier)\b"
    r"|at\sthe\s(?:latest|earliest)\b",
    re.IGNORECASE,
)
_PART_OF_DAY = re.compile(
    r"(?:in\sthe\s)?((?:(?:early|late|mid)[\s-]?)?(?:morning|afternoon|evening|night))\b", re.IGNORECASE
)
_OPEN_END = re.compile(r"onwards?\b|ongoing\b|present\b|now\b", re.IGNORECASE)
_STARTS = frozenset("~≈∼aAcCrReEsSjJbBuUnNtTlL→⇒-=i")


def match_qualifier(text: str, start: int) -> tuple[str, int] | None:
    """The words that begin at `start` ("about", where no others say more), and where the time behind them begins."""
    if text[start : start + 1] not in _STARTS:
        return None
    if found := _ABOUT.match(text, start):
        return "about", found.end()
    if found := _MORE.match(text, start):
        words = "until" if found["arrow"] else " ".join(found["words"].casefold().split())
        return words, found.end()
    return None


def match_qualifier_behind(text: str, start: int) -> int | None:
    """Where a word ends that makes the time before it approximate (`14:30ish`, `14:30 or so`)."""
    found = _BEHIND.match(text, start)
    return found.end() if found else None


def match_open_end(text: str, start: int) -> int | None:
    """Where a word ends that says that a stretch of time goes on (`14:00 onwards`)."""
    found = _OPEN_END.match(text, start)
    return found.end() if found else None


def match_part_of_day(text: str, start: int) -> tuple[str, int] | None:
    """The part of a day that is told behind it (`morning of`, as it stands before it on a page), and where it ends."""
    found = _PART_OF_DAY.match(text, start)
    return (f"{found[1].casefold()} of", found.end()) if found else None

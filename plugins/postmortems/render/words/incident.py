"""One incident in a few words: what links, tables and the titles of marks say of it."""

from __future__ import annotations

from datetime import timedelta

from postmortems.model.durations import Durations
from postmortems.model.postmortem import Postmortem
from postmortems.render.words.formats import UNKNOWN, day_words, duration_words

_LABEL_END = frozenset((
    "in", "on", "at", "to", "by", "for", "from", "with", "and", "or", "as", "after", "before", "during", "when",
    "while", "due",
))  # fmt: skip
_SMALL = _LABEL_END | frozenset((
    "a", "an", "the", "of", "but", "into", "over", "without", "is", "are", "was", "were", "be", "been", "has", "have",
    "had", "did", "does", "do", "not", "no", "its", "their", "our", "this", "that", "which", "who",
))  # fmt: skip
_LABEL_LENGTH = 24
_PUNCTUATION = ",;:.()[]–—-\"'“”‘’/"


def clipped(text: str, most: int) -> str:
    """A text of at most `most` characters, cut with an ellipsis at a word; within one that is longer than half of it.

    It never ends in an article, a preposition or an auxiliary: `Checkout was down in the…` is `Checkout…`.
    """
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    if not text[most - 1].isspace() and (blank := cut.rfind(" ")) >= most // 2:
        cut = cut[:blank]
    words = cut.split(" ")
    while len(words) > 1 and words[-1].strip(_PUNCTUATION).casefold() in _SMALL | {""}:
        words.pop()
    return " ".join(words).rstrip(_PUNCTUATION + " ") + "…"


def short_name(postmortem: Postmortem, most: int = 44) -> str:
    """Name of an incident where space is small: its title and its day, as in `Checkout was down · 5 Dec 2025`."""
    name = clipped(postmortem.title, most)
    return f"{name} · {day_words(postmortem.day)}" if postmortem.day else name


def chart_label(title: str) -> str:
    """Label of an incident in a chart: at most three words and 24 characters, without a leading article.

    It ends at punctuation or before a preposition: `GitHub degraded`, `Amazon S3 outage`.
    """
    words: list[str] = []
    for word in title.split():
        bare = word.strip(_PUNCTUATION)
        if words and (bare.casefold() in _LABEL_END or not bare):
            break
        if bare and (words or bare.casefold() not in ("a", "an", "the")):
            words.append(bare)
        if len(words) == 3 or (words and word[-1] in ",;:.)–—"):
            break
    while len(words) > 1 and words[-1].casefold() in _SMALL:
        words.pop()
    label = clipped(" ".join(words) or title, _LABEL_LENGTH)
    # An article that is left out leaves its capital behind.
    return label if title.startswith(label[:1]) else label[:1].upper() + label[1:]


def after_words(length: timedelta | None) -> str:
    """`after 12 min` in running text; `immediately` for zero, `unknown` for None."""
    if length is None:
        return UNKNOWN
    return f"after {duration_words(length)}" if length else "immediately"


def lasted_words(lengths: Durations) -> str:
    """`resolved after 45 min`, or what is known instead."""
    if lengths.to_recover is not None:
        return f"resolved {after_words(lengths.to_recover)}"
    if lengths.to_mitigate is not None:
        return f"mitigated {after_words(lengths.to_mitigate)}, end unknown"
    return "duration unknown"


def detected_words(lengths: Durations) -> str:
    """`detected after 12 min`, `detected immediately`, or that it is unknown."""
    if lengths.to_detect is None:
        return "detection time unknown"
    return f"detected {after_words(lengths.to_detect)}"


def mark_title(postmortem: Postmortem, lengths: Durations) -> str:
    """The title of a mark, for a pointer or a screen reader."""
    facts = (
        postmortem.front_matter.severity or "severity unknown",
        day_words(postmortem.day) if postmortem.day else f"date {UNKNOWN}",
        lasted_words(lengths),
        detected_words(lengths),
    )
    return f"{postmortem.title}\n{' · '.join(facts)}"

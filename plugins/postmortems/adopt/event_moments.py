"""The moments of an incident as the events of its timeline tell them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, date, datetime
from functools import cache
from itertools import takewhile

from postmortems.adopt.record import Value, derived
from postmortems.adopt.statements import plain
from postmortems.model.front_matter import MOMENTS
from postmortems.model.timeline import Event
from postmortems.read.languages import chosen, pattern_of, plain_word, word_list, words

_FEW_DAYS = 7
_FEW_EVENTS = 2
"""Number of events at the beginning in which a report, a ticket or a declaration is how the incident was noticed."""
_FEW_EVENTS_BEFORE = 5
"""Number of events among which the detection is, where they are not many: late alerts are those of something else."""
_FEW_WORDS = 20
"""Number of words at the beginning of an event that tell what it is about."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_SHORT_PART = 8
"""Most words of a paragraph or a last sentence that tells what has come, such as "Incident resolved."."""
_LAST_FIX = "last fix"
_IDEOGRAPHIC = re.compile("[\u3040-\u30ff\u3400-\u9fff]+")
_LONG_ENOUGH = 4
"""Characters of a phrase that mean one thing wherever they are."""
_ASIDE = re.compile(r"[(（](?:[^\s()（）]{1,60}\s){3}[^()（）]{0,400}[)）]")
"""At least four words in parentheses; fewer are a mark: "(outage starts)"."""


def written(at: datetime) -> str:
    """A moment as front matter has it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ" if at.second else "%Y-%m-%dT%H:%MZ")


def as_events_say(events: Sequence[Event], day: date | None, zone_doubt: str) -> dict[str, Value]:
    """The moments that events name in so many words: the first that tells of a beginning or of a detection, the last
    that tells of an end. Events long before `day`, that of the incident, tell how it came about, and none of these."""
    events = [event for event in events if not (day and event.at and (day - event.at.date()).days > _FEW_DAYS)]
    found: dict[str, Value] = {}
    for key in MOMENTS:
        event = _detection(events) if key == "detected_at" else _telling(events, key)
        if event and event.at:
            said = " ".join(plain(event.text).split()[:12])
            hint = f"; {zone_doubt}" if zone_doubt else ""
            found[key] = derived(written(event.at), f'line {event.place.line}: "{said}"{hint}')
    return found


def _telling(events: Sequence[Event], key: str) -> Event | None:
    """The event that tells of a beginning or an end; no timeline begins with an end."""
    if key == "started_at":
        return next((event for event in events if _tells(event.text, key)), None)
    found = next((event for event in reversed(events[1:]) if _tells(event.text, key)), None)
    if found is None and key == "resolved_at" and len(events) > 1 and _tells(events[-1].text, _LAST_FIX):
        return events[-1]
    return found


def _detection(events: Sequence[Event]) -> Event | None:
    """The first event that tells of a detection, unless somebody works on the incident before."""
    noticed = [event for event in events[:_FEW_EVENTS] if _tells(event.text, "first_notice")]
    early = events[: max(_FEW_EVENTS_BEFORE, len(events) // 2)]
    event = next((event for event in early if event in noticed or _tells(event.text, "detected_at")), None)
    return None if event is None or any(map(_is_work, takewhile(lambda other: other is not event, events))) else event


def _is_work(event: Event) -> bool:
    """True if an event tells that people work on the incident already."""
    said = f" {plain_word(plain(event.text))} "
    return any(f" {phrase} " in said for phrase in word_list("work_on_incident"))


@cache
def _phrases(key: str, languages: tuple[str, ...]) -> re.Pattern[str]:
    if key == _LAST_FIX:
        return phrases_pattern(word_list("last_fixes", languages))
    return phrases_pattern([word for word, meaning in words("moment_events", languages).items() if meaning == key])


def phrases_pattern(known: Collection[str]) -> re.Pattern[str]:
    """A pattern for phrases as whole words; a long one of a script without blanks is found within a sentence, too,
    unless what follows tells of a plan."""
    joined = [word for word in known if len(word) >= _LONG_ENOUGH and _IDEOGRAPHIC.fullmatch(word)]
    whole = rf"(?<!\w){pattern_of(known)}(?!\w)" if known else r"(?!)"
    if not joined:
        return re.compile(whole)
    behind = word_list("not_said_behind")
    return re.compile(rf"{whole}|(?<!未){pattern_of(joined)}(?!{pattern_of(behind) if behind else r'(?!)'})")


def _tells(text: str, key: str) -> bool:
    """True if an event says without a doubt that this moment has come, in its first words or in a short paragraph;
    that it ended, in a short last sentence, too."""
    return any(_says(part, key) for part in _telling_parts(text, key))


def _telling_parts(text: str, key: str) -> Iterator[str]:
    first, *others = text.split("\n\n")
    yield first
    yield from (part for part in others if len(part.split()) <= _SHORT_PART)
    last = _SENTENCE_END.split(first.rstrip())[-1]
    if key in ("mitigated_at", "resolved_at") and len(last.split()) <= _SHORT_PART:
        yield last


def _says(text: str, key: str) -> bool:
    """True if the first words of a text, without the asides in parentheses, say that this moment has come."""
    said = " ".join(plain_word(_ASIDE.sub(" ", plain(text))).split()[:_FEW_WORDS])
    return any(not is_denied(said[: found.start()]) for found in _phrases(key, chosen()).finditer(said))


def is_denied(before: str) -> bool:
    """True if the words before a phrase tell that it has not come, or that something else is told."""
    said = before.split()
    denials = word_list("not_said")
    # `being` tells of something else only right before: "X being down was detected".
    return bool(set(said[-3:]) & (denials - {"being"}) or "being" in said[-2:] or {"no", "not"} & set(said[-6:]))

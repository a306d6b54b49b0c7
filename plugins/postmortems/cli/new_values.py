"""Values of a new postmortem: an author's words → what it may hold, or why it may not.

Each function raises `click.UsageError` with one line that quotes the author and suggests what was meant: it is shown
as it is where an option is wrong, and before the question is asked again where an answer is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TypeVar

import click
from pydantic import ValidationError

from postmortems.fix.new_postmortem import one_line
from postmortems.model.front_matter import UNKNOWN, DetectedBy, FrontMatter, IncidentKind, Occurrence
from postmortems.model.language import Language
from postmortems.model.pattern import Role
from postmortems.text.spelling import did_you_mean, listed

_LONGEST_TEXT = 1000
_QUOTED = 80
_T = TypeVar("_T")


def text_value(name: str, words: str) -> str:
    """One line of text that is not empty."""
    text = one_line(words)
    if not text:
        raise click.UsageError(f"{name} is empty")
    if len(text) > _LONGEST_TEXT:
        raise click.UsageError(f"{name} is {len(text):,} characters, over the limit of {_LONGEST_TEXT:,}: shorten it")
    return text


def moment_value(name: str, words: str, *, may_be_unknown: bool = True) -> str:
    """A moment in ISO 8601 with seconds, its zone as the author gave it, or `unknown`."""
    text = one_line(words)
    if text.lower() == UNKNOWN:
        return UNKNOWN
    try:
        FrontMatter.model_validate({"started_at": text})
    except ValidationError as error:
        problem = error.errors(include_url=False)[0]
        if problem["type"] == "time_without_zone":
            raise click.UsageError(
                f'{name} is "{_short(text)}", a time without a time zone; for UTC write "{_short(text)}Z"'
            ) from None
        raise click.UsageError(
            f'{name} is "{_short(text)}", which {problem["msg"]}; '
            f"write day, time and zone, such as 2026-11-20T14:23Z{f', or {UNKNOWN}' if may_be_unknown else ''}"
        ) from None
    written = datetime.fromisoformat(text).isoformat()
    return written.removesuffix("+00:00") + "Z" if text.endswith(("Z", "z")) else written


def severity_value(words: str, scale: Collection[str]) -> str:
    """A severity of the scale, in the scale's own spelling."""
    text = one_line(words)
    for severity in scale:
        if severity.casefold() == text.casefold():
            return severity
    raise click.UsageError(_unknown("--severity", text, f"which is not in the severity scale ({listed(scale)})", scale))


def language_value(words: str, languages: Collection[Language]) -> Language:
    """A language of the settings, by its code: in another one the headings of the template would not be read."""
    text = one_line(words)
    if text not in list(Language):
        raise click.UsageError(_unknown("--language", text, f"which is not one of {listed(Language)}", Language))
    known = dict.fromkeys(languages)
    if text not in known:
        raise click.UsageError(
            f'--language is "{text}", which is not read here ({listed(known)}); add it to the settings:'
            f" languages: [{', '.join((*known, text))}]"
        )
    return Language(text)


def occurrence_value(words: str, patterns: Collection[str]) -> Occurrence:
    """A pattern, by its id, and its role where one is given (`id:role`)."""
    text = one_line(words)
    pattern, colon, role = (part.strip() for part in text.partition(":"))
    if pattern not in patterns:
        there_are = f"the patterns are {listed(patterns)}" if patterns else "there are no patterns yet"
        hint = did_you_mean(pattern, patterns) or there_are
        raise click.UsageError(f'--pattern is "{_short(pattern)}", which is not a pattern; {hint}')
    if not colon:
        return Occurrence(pattern=pattern)
    if role not in list(Role):
        fact = f'where "{_short(role)}" is not a role ({listed(Role)})'
        raise click.UsageError(_unknown("--pattern", text, fact, Role, role))
    return Occurrence(pattern=pattern, role=Role(role))


def detected_by_value(words: str) -> DetectedBy:
    """Reader of the way in which an incident was noticed first."""
    text = one_line(words)
    if text not in list(DetectedBy):
        raise click.UsageError(_unknown("--detected-by", text, f"which is not one of {listed(DetectedBy)}", DetectedBy))
    return DetectedBy(text)


def kind_value(words: str) -> IncidentKind:
    """Reader of what the postmortem is about."""
    text = one_line(words)
    if text not in list(IncidentKind):
        raise click.UsageError(_unknown("--kind", text, f"which is not one of {listed(IncidentKind)}", IncidentKind))
    return IncidentKind(text)


def day_or_moment_value(name: str, words: str, today: date) -> str:
    """A day in ISO 8601 that is not in the future, or a moment as `moment_value` reads it."""
    try:
        day = date.fromisoformat(one_line(words))
    except ValueError:
        return moment_value(name, words)
    if day > today + timedelta(days=1):
        raise click.UsageError(f"{name} is {day}, which is in the future")
    return day.isoformat()


def split_day(started: str | None) -> tuple[str | None, str | None]:
    """The day and the moment of a start that is one of the two."""
    is_day = started is not None and len(started) == len("2026-11-20")
    return (started, None) if is_day else (None, started)


def check_time_order(moments: Mapping[str, str | None], now: datetime, today: date) -> None:
    """Refuse moments that cannot have come in this order, or have not come yet, by the names of their options."""
    given = {
        name: datetime.fromisoformat(written) for name, written in moments.items() if written not in (None, UNKNOWN)
    }
    latest = max(now, datetime.combine(today, time(), UTC)) + timedelta(days=1)
    for name, moment in given.items():
        if moment > latest:
            raise click.UsageError(f"{name} is {moments[name]}, which is in the future")
    for earlier, later in (
        ("--started", "--detected"),
        ("--started", "--mitigated"),
        ("--started", "--resolved"),
        ("--mitigated", "--resolved"),
    ):
        if earlier in given and later in given and given[later] < given[earlier]:
            raise click.UsageError(f"{later} is {moments[later]}, before {earlier}, {moments[earlier]}")


def _unknown(name: str, text: str, fact: str, choices: Iterable[str], word: str | None = None) -> str:
    hint = did_you_mean(text if word is None else word, choices)
    return f'{name} is "{_short(text)}", {fact}' + (f"; {hint}" if hint else "")


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"


class Given:
    """The options as given: each is read, and everything that is wrong with them is kept, to be said at once."""

    def __init__(self) -> None:
        self.problems: list[str] = []

    def read(self, words: str | None, reader: Callable[[str], _T]) -> _T | None:
        """The value of an option, or None where it is absent or wrong."""
        if words is None:
            return None
        try:
            return reader(words)
        except click.UsageError as error:
            self.problems.append(error.message)
            return None

    def read_all(self, several: Collection[str], reader: Callable[[str], _T]) -> tuple[_T, ...]:
        """The values of a repeatable option, each once."""
        found = [self.read(words, reader) for words in several]
        return tuple(dict.fromkeys(value for value in found if value is not None))

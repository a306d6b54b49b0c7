"""Questions of `postmortems new` in a terminal, each asked again until its answer can be used."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import UTC, datetime
from typing import TypeVar

import click

from postmortems.cli.new_values import (
    check_time_order,
    day_or_moment_value,
    moment_value,
    occurrence_value,
    severity_value,
    split_day,
    text_value,
)
from postmortems.cli.streams import print_lines
from postmortems.model.front_matter import Occurrence
from postmortems.pipeline import today_utc
from postmortems.text.spelling import listed
from postmortems.text.terminal import escape_controls

_T = TypeVar("_T")


def ask(question: str, reader: Callable[[str], _T], default: str | None = None) -> _T:
    """An answer that can be used: the question is asked again, with the reason, until there is one."""
    answer: _T = click.prompt(question, default=default, value_proc=reader, show_default=bool(default))
    return answer


def ask_severity(question: str, scale: Mapping[str, str]) -> str:
    for name, meaning in scale.items():
        print_lines(escape_controls(f"  {name}  {meaning}".rstrip()))
    return ask(question, lambda words: severity_value(words, scale))


def ask_patterns(known: Collection[str]) -> tuple[Occurrence, ...]:
    if not known:
        return ()
    print_lines(escape_controls(f"  Patterns: {listed(known)}"))
    return ask(
        "Patterns (separated by commas, each id or id:role; Enter for none yet)",
        lambda words: tuple(occurrence_value(part, known) for part in _parts(words)),
        "",
    )


def services_named(words: str) -> tuple[str, ...]:
    return tuple(text_value("a service", name) for name in _parts(words))


def _parts(words: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in words.split(",") if part.strip()))


def moment_reader(option: str) -> Callable[[str], str]:
    return lambda words: moment_value(option, words)


def start_reader(option: str, *, a_day_will_do: bool) -> Callable[[str], str]:
    """Reader of the start; that of a near miss may be a day."""
    return (lambda words: day_or_moment_value(option, words, today_utc())) if a_day_will_do else moment_reader(option)


def started_reader(times: Mapping[str, str | None], *, a_day_will_do: bool) -> Callable[[str], str | None]:
    """Reader of the start: as an option's, and not after the other moments that were given."""

    def read(words: str) -> str | None:
        if not words.strip():
            return None
        started = start_reader("the time", a_day_will_do=a_day_will_do)(words)
        check_time_order({**times, "--started": split_day(started)[1]}, datetime.now(UTC), today_utc())
        return started

    return read

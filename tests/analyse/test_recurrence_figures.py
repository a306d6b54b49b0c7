"""How many incidents repeat an earlier one, declared and suspected."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.builders import BEGIN, incident, metrics

from postmortems.analyse.recurrence_figures import RecurrenceFigures
from postmortems.model.postmortem import Postmortem


def later(name: str, days: int, **matter: Any) -> Postmortem:
    return incident(name, BEGIN + timedelta(days=days), owner="Payments", **matter)


def told(figures: RecurrenceFigures) -> tuple[list[tuple[str, list[str]]], list[tuple[str, str]]]:
    return (
        [(one.postmortem.id, [earlier.id for earlier in one.earlier]) for one in figures.declared],
        [(one.postmortem.id, one.suspicion.earlier.id) for one in figures.suspected],
    )


def test_declared_and_suspected_repeats_are_told_apart() -> None:
    found = metrics(
        later("a", 0, root_cause="pool"),
        later("b", 9, root_cause="pool", repeat_of="2024/a"),
        later("c", 20, root_cause="disk"),
        later("d", 40, root_cause="disk"),
        later("e", 60, root_cause="lock"),
    ).recurrence
    assert told(found) == ([("2024/b", ["2024/a"])], [("2024/d", "2024/c")])
    assert (found.incidents, found.rate, found.interval) == (5, 1 / 5, None)


def test_who_declares_one_repeat_is_not_suspected_of_another() -> None:
    found = metrics(
        later("a", 0, root_cause="pool"),
        later("b", 5, root_cause="disk"),
        later("c", 9, root_cause="disk", repeat_of="2024/a"),
    ).recurrence
    assert told(found) == ([("2024/c", ["2024/a"])], [])


def test_the_window_is_that_of_the_settings() -> None:
    members = [later("a", 0, root_cause="pool"), later("b", 30, root_cause="pool")]
    assert len(metrics(*members, repeat_window="31d").recurrence.suspected) == 1
    assert metrics(*members, repeat_window="29d").recurrence.suspected == ()


def test_drills_repeat_nothing() -> None:
    found = metrics(later("a", 0, root_cause="pool"), later("b", 9, root_cause="pool", kind="drill")).recurrence
    assert (found.incidents, told(found)) == (1, ([], []))


def test_a_sample_names_its_repeats_and_has_no_rate() -> None:
    members = [later(str(n), n, repeat_of=f"2024/{n - 1}" if n else ()) for n in range(9)]
    complete, sample = metrics(*members).recurrence, metrics(*members, corpus="sample").recurrence
    assert complete.rate == 8 / 9
    assert complete.interval is not None
    assert (sample.rate, sample.interval) == (None, None)
    assert len(sample.declared) == 8


def test_nothing_has_no_rate() -> None:
    assert metrics().recurrence.rate is None

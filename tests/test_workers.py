"""Workers do what would be done without them, whatever becomes of them."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence

import pytest

from postmortems import workers as module
from postmortems.workers import Workers

MANY = range(120)
HERE = os.getpid()

forks = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere all is done in one process")


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_processors", lambda: 2)
    # Whatever tests have begun before must not decide whether these may fork.
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def made(work: Callable[[int], object], things: Sequence[int] = MANY, *, besides: int = 0) -> list[object]:
    with Workers(work, things, besides=besides) as workers:
        return [workers.result(index) for index in range(len(things))]


def process(_: int) -> int:
    return os.getpid()


def test_each_result_stands_where_its_thing_stood() -> None:
    factor = 3  # a closure, which could not be pickled
    assert made(lambda one: one * factor) == [one * 3 for one in MANY]


@forks
def test_many_things_are_done_by_others() -> None:
    assert HERE not in made(process)
    assert HERE not in made(process, besides=1)


@pytest.mark.parametrize(
    ("name", "value", "things", "besides"),
    [
        pytest.param("_processors", lambda: 1, MANY, 0, id="with one processor"),
        pytest.param("_processors", lambda: 2, MANY, 2, id="where all processors are busy"),
        pytest.param("_processors", lambda: 2, range(99), 0, id="where there is little to do"),
        pytest.param("_can_fork", lambda: False, MANY, 0, id="where a fork is not safe"),
    ],
)
def test_it_is_done_here(
    name: str, value: object, things: Sequence[int], besides: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, name, value)
    assert set(made(process, things, besides=besides)) == {HERE}


def test_no_process_with_threads_is_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "active_count", lambda: 2)
    assert set(made(process)) == {HERE}


@forks
def test_what_a_worker_does_not_live_to_do_is_done_here() -> None:
    def work(one: int) -> int:
        if one == 60 and os.getpid() != HERE:
            os._exit(1)
        return one * 2

    assert made(work) == [one * 2 for one in MANY]


@forks
def test_a_result_that_cannot_be_handed_over_is_made_here() -> None:
    found = made(lambda one: lambda: one)
    assert [one() for one in found] == list(MANY)  # type: ignore[operator]


def test_an_error_comes_as_it_would_without_workers() -> None:
    def work(one: int) -> int:
        if one == 60:
            raise KeyError("sixty")
        return one

    with Workers(work, MANY) as workers:
        assert [workers.result(index) for index in range(60)] == list(range(60))
        with pytest.raises(KeyError, match="sixty"):
            workers.result(60)
        assert workers.result(61) == 61


def test_nobody_has_to_ask_for_everything_or_in_order() -> None:
    with Workers(lambda one: one, MANY) as workers:
        assert [workers.result(index) for index in (119, 3, 2, 50)] == [119, 3, 2, 50]


def test_what_is_closed_still_answers() -> None:
    workers = Workers(lambda one: one, MANY)
    workers.close()
    assert workers.result(7) == 7

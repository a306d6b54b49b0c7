"""The same work on many things, done by other processes where that is safe and pays.

Whoever waits for a check or a build waits by the clock, and most machines have a processor to spare. The processes are
forks: they begin with all that is in memory, in milliseconds, where others would have to import and be told it first.
A fork of a process with threads may hang, and the libraries of macOS do not survive one. There, and where there is
only one processor, or less to do than beginning costs, the work is done in this process.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

Thing = TypeVar("Thing")
Result = TypeVar("Result")

_MOST = 4
"""More processes bring little, since one has to collect what they made; and a container with few processors may well
show all those of its machine."""

_AT_ONCE = 25
"""How many things are handed over at a time: enough that handing over costs nothing beside the work."""

_LEAST = 4 * _AT_ONCE
"""How many things are worth a process."""


class Workers(Generic[Thing, Result]):
    """What `work` makes of each of the `things`, asked for by index; the processes go through them in their order.

    `work` rests on nothing that changes meanwhile, its results bear being pickled, and each is asked for once.
    `besides` is the number of processors that whoever asks keeps busy until then. What a worker fails at, or does
    not live to do, is done in this process, so that an error comes as it would without workers.
    """

    def __init__(self, work: Callable[[Thing], Result], things: Sequence[Thing], *, besides: int = 0) -> None:
        self._work = work
        self._things = things
        self._made: dict[int, Result] = {}
        self._parts: dict[int, Future[list[Result]]] = {}
        self._pool = self._begun(min(_processors(), _MOST) - besides) if len(things) >= _LEAST else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def result(self, index: int) -> Result:
        """What `work` makes of the thing at an index."""
        number, begin = index // _AT_ONCE, index // _AT_ONCE * _AT_ONCE
        if part := self._parts.pop(number, None):
            try:
                self._made.update(enumerate(part.result(), begin))
            except Exception:
                self.close()
        return self._made.pop(index) if index in self._made else self._work(self._things[index])

    def close(self) -> None:
        """End the processes, whether or not they are done."""
        self._parts.clear()
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)
            self._pool = None

    def _begun(self, processes: int) -> ProcessPoolExecutor | None:
        if processes < 1 or _processors() < 2 or not _can_fork():
            return None
        # Most runs are too small for workers, and need not wait until this is imported.
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        # What a fork is given here it finds in its memory; nothing of it is pickled.
        given = (self._work, self._things)
        pool = ProcessPoolExecutor(processes, get_context("fork"), initializer=_take, initargs=given)
        try:
            for number, begin in enumerate(range(0, len(self._things), _AT_ONCE)):
                self._parts[number] = pool.submit(_part, begin, begin + _AT_ONCE)
        except OSError:
            self._parts.clear()  # No more processes may be begun, or there is no memory for them.
        return pool


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _can_fork() -> bool:
    return sys.platform == "linux" and threading.active_count() == 1


_taken: tuple[Callable[[Any], Any], Sequence[Any]]
"""In a worker: the work, and the things that it is done on."""


def _take(work: Callable[[Any], Any], things: Sequence[Any]) -> None:
    global _taken
    _taken = (work, things)


def _part(begin: int, end: int) -> list[Any]:
    work, things = _taken
    return [work(thing) for thing in things[begin:end]]

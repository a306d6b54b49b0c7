"""Garbage collection during a build."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from postmortems.publish.collector import _PAGES, Collector


class Node:
    """An object that holds itself."""

    def __init__(self) -> None:
        self.own = self


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    gc.unfreeze()
    gc.enable()


def test_it_looks_after_so_many_pages_and_not_before() -> None:
    collector = Collector()
    collector.begin()
    lost = weakref.ref(Node())
    for _ in range(_PAGES - 1):
        collector.after_page()
    assert lost() is not None
    collector.after_page()
    assert lost() is None


@pytest.mark.parametrize("preview", [False, True])
def test_pythons_own_is_on_again_at_the_end(preview: bool) -> None:
    collector = Collector()
    collector.begin()
    assert not gc.isenabled()
    for _ in range(_PAGES):
        collector.after_page()
    collector.end(preview=preview)
    assert gc.isenabled()
    assert (gc.get_freeze_count() == 0) is preview

"""Builds in the process of a test, which take as little as those that a waiting process forks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.commands import list_layouts_of_the_theme, store_compiled_layouts


@pytest.fixture(scope="module", autouse=True)
def quick_builds(shared: Path) -> Iterator[None]:
    """Compile and list the layouts of the theme once for all builds, as `tests/commands.py` does it."""
    (folder := shared / "layouts").mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        store_compiled_layouts(str(folder), patch.setattr)
        list_layouts_of_the_theme(patch.setattr)
        yield

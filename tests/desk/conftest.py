"""Editors that are closed when a test is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.desk.editor import Editor


@pytest.fixture
def start() -> Iterator[Callable[..., Editor]]:
    """Start an editor in a folder, with its server."""
    editors: list[Editor] = []

    def started(folder: Path, **options: Any) -> Editor:
        editors.append(Editor(folder, **options))
        return editors[-1]

    yield started
    for editor in editors:
        editor.process.kill()
        editor.gone()

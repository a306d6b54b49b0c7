"""A knowledge base, read and checked, to be fixed as the command fixes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest
from tests.conftest import PATTERN

from postmortems.pipeline import run_pipeline
from postmortems.results import Run
from postmortems.settings.parsing import parse_settings

TODAY = date(2026, 11, 20)

Look = Callable[..., Run]


@pytest.fixture
def look(tmp_path: Path) -> Look:
    """A knowledge base of these files (by their path below docs), read and checked."""

    def read(files: Mapping[str, str | bytes], **options: object) -> Run:
        for path, content in ({"patterns/database-issues.md": PATTERN} | dict(files)).items():
            (tmp_path / "docs" / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / "docs" / path).write_bytes(content.encode() if isinstance(content, str) else content)
        settings, wrong = parse_settings(options)
        assert not wrong
        return run_pipeline(tmp_path / "docs", settings, TODAY)

    return read

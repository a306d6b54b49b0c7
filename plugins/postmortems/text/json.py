"""JSON for a file or for the log of a CI job."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from postmortems.text.terminal import JSON_ESCAPE, without_commands


def json_text(shape: object) -> str:
    """A value as JSON in ASCII, so that no terminal and no log can be misled by what authors wrote."""
    return without_commands(json.dumps(shape, indent=2), JSON_ESCAPE) + "\n"


def with_texts(value: Any, change: Callable[[str], str]) -> Any:
    """A value of lists and dictionaries with each text in it changed; keys stay."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, Mapping):
        return {name: with_texts(each, change) for name, each in value.items()}
    return [with_texts(each, change) for each in value] if isinstance(value, (list, tuple)) else value

"""JSON for a file or for the log of a CI job."""

from __future__ import annotations

import json

from postmortems.text.terminal import JSON_ESCAPE, without_commands


def json_text(shape: object) -> str:
    """A value as JSON in ASCII, so that no terminal and no log can be misled by what authors wrote."""
    return without_commands(json.dumps(shape, indent=2), JSON_ESCAPE) + "\n"

"""Text as a YAML scalar that our own reader reads back."""

from __future__ import annotations

import sys
from functools import lru_cache

import yaml

from postmortems.model.source import Source
from postmortems.read.yaml_nodes import read_yaml


@lru_cache(1024)
def plain(text: str) -> str:
    """`text` as a YAML scalar, in quotes only where it would be read as something else without them.

    It is read back by our own reader, for which a time is what is there.
    """
    read = read_yaml(Source("", f"[{text}]"))
    if read.data == [text] and not read.problems and text == text.strip():
        return text
    made: str = yaml.safe_dump([text], default_flow_style=True, allow_unicode=True, width=sys.maxsize)
    return made.strip()[1:-1]

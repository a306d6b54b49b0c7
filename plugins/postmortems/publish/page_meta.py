"""The front matter that the theme gets: ours, made harmless, since Material prints titles as they are."""

from __future__ import annotations

from html import escape
from typing import Any

import yaml

from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem


def postmortem_meta(postmortem: Postmortem) -> dict[str, Any]:
    """What the theme needs of a postmortem's front matter."""
    return _host_meta(postmortem.front_matter.host) | {"title": escape(postmortem.title)}


def pattern_meta(pattern: Pattern) -> dict[str, Any]:
    """What the theme needs of a pattern's front matter."""
    meta = {"title": escape(pattern.title)}
    return meta | ({"description": escape(pattern.description)} if pattern.description else {})


def _host_meta(values: dict[str, Any]) -> dict[str, Any]:
    """Keys for the theme, which prints texts as they are."""
    return {
        key: escape(value) if isinstance(value, str) and key != "template" else value for key, value in values.items()
    }


def with_meta(meta: dict[str, Any], body: str) -> str:
    """A body below its front matter."""
    front = yaml.dump(meta, Dumper=yaml.CSafeDumper, allow_unicode=False, default_flow_style=False, width=1 << 30)
    return f"---\n{front}---\n\n{body}"

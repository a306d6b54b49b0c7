"""Front matter as the theme gets it: safe HTML, since Material prints it as it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from markupsafe import Markup

from postmortems.model.host_keys import fitting_values, theme_files
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem
from postmortems.text.controls import visible_controls

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

_SPECIAL = frozenset("<>&\"'")
UNSAFE_IN_ADDRESS = {ord(sign): f"%{ord(sign):02X}" for sign in "\"'<> "}
"""Characters that an address must not hold if a layout prints it as it is."""


def postmortem_meta(postmortem: Postmortem) -> dict[str, Any]:
    """Keys of a postmortem's front matter that the theme needs, as written."""
    return {**postmortem.front_matter.host, "title": postmortem.title}


def pattern_meta(pattern: Pattern) -> dict[str, Any]:
    """Keys of a pattern's front matter that the theme needs, as written."""
    return {"title": pattern.title} | ({"description": pattern.description} if pattern.description else {})


def with_meta(meta: dict[str, Any], body: str) -> str:
    """A body below its front matter."""
    front = yaml.dump(meta, Dumper=yaml.CSafeDumper, allow_unicode=False, default_flow_style=False, width=1 << 30)
    return f"---\n{front}---\n\n{body}"


def make_meta_safe(page: Page, folders: Iterable[str]) -> dict[str, str]:
    """Leave only values in the front matter that have the type their key needs, all texts escaped; return what was
    wrong with the others, by their keys. A layout or an icon must be in one of the theme's `folders`."""
    values, wrong = fitting_values(page.meta)
    for key, name in theme_files(values):
        if not any(Path(folder, name).is_file() for folder in folders):
            wrong[key] = "is not in the theme's folders"
            del values[key]
    made: dict[int, object] = {}
    page.meta = {key: _safe(value, made) for key, value in values.items()}
    if page.edit_url:
        page.edit_url = page.edit_url.translate(UNSAFE_IN_ADDRESS)
    return wrong


def safe_text(text: str) -> str:
    """Plain text as safe HTML; Markup, so that a layout that escapes texts itself does not do it twice. Controls are
    signs in it."""
    return Markup(escape(visible_controls(text)))  # noqa: S704 - escaped right here


def _safe(value: object, made: dict[int, object]) -> object:
    """`made` are the lists and mappings that are done, by identity: an alias in YAML stands for one of them again, and
    may be within what it stands for."""
    if isinstance(value, str):
        value = visible_controls(value)
        return value if _SPECIAL.isdisjoint(value) else safe_text(value)
    if not isinstance(value, Mapping | list | tuple | set):
        return value
    if id(value) not in made:
        made[id(value)] = None
        made[id(value)] = (
            {_safe(key, made): _safe(below, made) for key, below in value.items()}
            if isinstance(value, Mapping)
            else [_safe(below, made) for below in value]
        )
    return made[id(value)]

"""The keys of MkDocs and Material in front matter, and what each may hold: whatever else a theme would stumble over."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

Fitted = tuple[object, str]
"""A value as its key needs it, and what is wrong with it, empty where nothing is."""

_SCALAR = (str, int, float, date)
_FILE = re.compile(r"[\w][\w./ -]{0,200}")


def _text(value: object) -> Fitted:
    if isinstance(value, bool) or not isinstance(value, _SCALAR):
        return None, "is not one line of text"
    return str(value), ""


def _file(value: object) -> Fitted:
    if not isinstance(value, str) or not _FILE.fullmatch(value) or ".." in value.split("/"):
        return None, "is not the name of a file below the theme's folder"
    return value, ""


def _texts(value: object) -> Fitted:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list) or any(_text(value)[1] for value in values):
        return None, "is not a list of strings"
    return [str(value) for value in values], ""


def _search(value: object) -> Fitted:
    if not isinstance(value, Mapping) or not set(value) <= {"boost", "exclude"}:
        return None, "does not contain `boost` or `exclude`"
    if not isinstance(value.get("exclude", False), bool):
        return None, "has an `exclude` that is neither true nor false"
    boost = value.get("boost", 1)
    if isinstance(boost, bool) or not isinstance(boost, int | float):
        return None, "has a `boost` that is not a number"
    return dict(value), ""


_FIT: Mapping[str, Callable[[object], Fitted]] = {
    "title": _text,
    "description": _text,
    "subtitle": _text,
    "image": _text,
    "status": _text,
    "author": _text,
    "icon": _file,
    "template": _file,
    "tags": _texts,
    "hide": _texts,
    "search": _search,
}


def what_is_wrong(key: str, value: object) -> str:
    """Fault of the value of a key of the host, as the end of a sentence; empty if there is none."""
    return "" if value is None or key not in _FIT else _FIT[key](value)[1]


def theme_files(values: Mapping[str, object]) -> list[tuple[str, str]]:
    """The files of the theme that a page needs, each with its key: without one of them no page can be made."""
    layout, icon = values.get("template"), values.get("icon")
    files = [("template", layout)] if isinstance(layout, str) else []
    return files + ([("icon", f".icons/{icon}.svg")] if isinstance(icon, str) else [])


def fitting_values(values: Mapping[str, object]) -> tuple[dict[str, object], dict[str, str]]:
    """The values as the theme needs them, without those that do not fit; and what is wrong with these, by key."""
    fitting: dict[str, object] = {}
    wrong: dict[str, str] = {}
    for key, value in values.items():
        if key not in _FIT or value is None:
            fitting[key] = value
            continue
        fitted, problem = _FIT[key](value)
        if problem:
            wrong[key] = problem
        else:
            fitting[key] = fitted
    return fitting, wrong

"""Values of a host as text, the same for equal values in every process; what cannot be told apart is refused."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from datetime import date, timedelta
from enum import Enum
from functools import partial
from hashlib import blake2b
from pathlib import PurePath
from types import BuiltinFunctionType, FunctionType

_KNOWN_CODE = frozenset(
    {"_operator", "builtins", "jinja2", "markdown", "markupsafe", "material", "materialx", "mkdocs", "postmortems"}
    | {"properdocs", "pymdownx"}
)
"""Packages whose code is known by their version, so that a name stands for what it does."""

_SIMPLE = (str, int, float, bytes, date, timedelta, PurePath)
_WITH_NAME = ("babel.core", "mkdocs.localization", "properdocs.localization")


class OpaqueError(Exception):
    """A value of which nobody can tell whether it is the same as that of an earlier build; the text names it."""


def text_of(value: object) -> str:
    """A value as text that only an equal one has. OpaqueError where that cannot be said."""
    if value is None or type(value) is bool:
        return str(value)
    if isinstance(value, Enum):
        return f"{type(value).__qualname__}.{value.name}"
    if isinstance(value, _SIMPLE):
        return f"{type(value).__name__} {value!r}"
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{text_of(key)}: {text_of(inner)}' for key, inner in value.items())}}}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(text_of, value))}]"
    if isinstance(value, set | frozenset):
        return f"({', '.join(sorted(map(text_of, value)))})"
    value = getattr(value, "__wrapped__", value)
    if isinstance(value, type | FunctionType | BuiltinFunctionType):
        if value.__module__.partition(".")[0] in _KNOWN_CODE and "<" not in value.__qualname__:
            return f"{value.__module__}:{value.__qualname__}"
        raise OpaqueError(f"{value.__module__}.{value.__qualname__}")
    if isinstance(value, partial):
        return f"partial {text_of(value.func)} {text_of(value.args)} {text_of(value.keywords)}"
    if type(value).__module__ in _WITH_NAME:
        return f"{type(value).__qualname__} {value}"
    raise OpaqueError(f"{type(value).__module__}.{type(value).__qualname__}")


def text_once(value: object, known: dict[bytes, str]) -> str:
    """The same as `text_of`, for a value that is often the same: what was told of it is `known` by its pickle."""
    try:
        pickled = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    except Exception:  # Whatever a value says that cannot be pickled.
        return text_of(value)
    if (found := known.get(pickled)) is None:
        found = known[pickled] = text_of(value)
    return found


def digest(*parts: str | bytes) -> bytes:
    """A digest of several texts, each apart from the next."""
    made = blake2b(digest_size=20)
    for part in parts:
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        made.update(len(data).to_bytes(8, "big") + data)
    return made.digest()

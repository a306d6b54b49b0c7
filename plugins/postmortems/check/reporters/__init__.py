"""Each format that a report can be written in, by its name. A module is imported only when its format is asked for."""

from __future__ import annotations

from functools import partial
from importlib import import_module

from postmortems.check.report import Reporter

FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit", "markdown", "rdjson")
"""The names: each has a module here with a function `report_<name>`."""


def reporter(form: str, *, colour: bool = False) -> Reporter:
    """The reporter of a format; only text knows colours."""
    found: Reporter = getattr(import_module(f"{__name__}.{form}"), f"report_{form}")
    return partial(found, colour=True) if colour and form == "text" else found  # type: ignore[call-arg]

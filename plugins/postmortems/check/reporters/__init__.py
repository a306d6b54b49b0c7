"""Each format that a report can be written in, by its name. A module is imported only when its format is asked for."""

from __future__ import annotations

from functools import partial
from importlib import import_module

from postmortems.check.report import Reporter

FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit", "markdown", "rdjson")
"""The names: each has a module here with a function `report_<name>`."""


def reporter(form: str, *, colour: bool = False, verbose: bool = False, statistics: bool = False) -> Reporter:
    """The reporter of a format. Only text has colours, sums up fresh drafts unless `verbose`, and has statistics."""
    found: Reporter = getattr(import_module(f"{__name__}.{form}"), f"report_{form}")
    if form != "text":
        return found
    return partial(found, colour=colour, verbose=verbose, statistics=statistics)  # type: ignore[call-arg]

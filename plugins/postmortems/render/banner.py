"""The banner of the preview: what is wrong with a page, with its lines, so that `mkdocs serve` never has to stop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from markupsafe import Markup

from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.render.environment import render

_WEIGHT = {Level.ERROR: 0, Level.WARNING: 1, Level.INFO: 2}
_MOST = 50
"""More than this many are counted, not listed: a page of thousands helps nobody."""


def banner(diagnostics: Iterable[Diagnostic], shown_path: Callable[[str], str]) -> Markup:
    """The banner of one page, errors first; empty where nothing is wrong. `shown_path` tells how a path is called."""
    ordered = sorted(diagnostics, key=lambda one: (_WEIGHT[one.level], one.sort_key))
    if not ordered:
        return Markup()
    return render(
        "parts/banner.html",
        diagnostics=ordered[:_MOST],
        more=max(0, len(ordered) - _MOST),
        total=len(ordered),
        what="in this page",
        has_error=ordered[0].level is Level.ERROR,
        shown_path=shown_path,
        files=(),
    )


def home_banner(diagnostics: Iterable[Diagnostic], shown_path: Callable[[str], str]) -> Markup:
    """The banner of the home page: every file with a problem, those with errors first."""
    by_path = [
        (path, list(members))
        for path, members in groupby(sorted(diagnostics, key=lambda one: one.sort_key), key=lambda one: one.place.path)
    ]
    if not by_path:
        return Markup()
    files = sorted(
        ((path, _counted(members), min(_WEIGHT[one.level] for one in members)) for path, members in by_path),
        key=lambda file: (file[2], file[0]),
    )
    return render(
        "parts/banner.html",
        diagnostics=(),
        more=max(0, len(files) - _MOST),
        total=sum(len(members) for _, members in by_path),
        what=f"in {len(files)} {'file' if len(files) == 1 else 'files'}",
        has_error=files[0][2] == 0,
        shown_path=shown_path,
        files=files[:_MOST],
    )


def _counted(diagnostics: Sequence[Diagnostic]) -> str:
    """`2 errors, 1 warning`."""
    counts = [(level, sum(one.level is level for one in diagnostics)) for level in _WEIGHT]
    names = {Level.ERROR: ("error", "errors"), Level.WARNING: ("warning", "warnings"), Level.INFO: ("hint", "hints")}
    return ", ".join(f"{count} {names[level][count != 1]}" for level, count in counts if count)

"""The banner of the preview: what is wrong with a page, with its lines, so that `mkdocs serve` never has to stop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup

from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.render.pages.layout import render
from postmortems.render.words.formats import count_words
from postmortems.settings.parsing import SettingProblem

_WEIGHT = {Level.ERROR: 0, Level.WARNING: 1, Level.INFO: 2}
_MOST = 50
"""More than this many are counted, not listed: a page of thousands helps nobody."""


def banner(diagnostics: Iterable[Diagnostic], shown_path: Callable[[str], str]) -> Markup:
    """The banner of one page, errors first; empty where nothing is wrong. `shown_path` tells how a path is called."""
    return _banner(list(diagnostics), shown_path, "in this page", ())


def home_banner(
    diagnostics: Iterable[Diagnostic], shown_path: Callable[[str], str], settings: Sequence[SettingProblem] = ()
) -> Markup:
    """The banner of the home page: everything that is wrong anywhere, and the settings that cannot be used."""
    every = list(diagnostics)
    files = count_words(len({diagnostic.place.path for diagnostic in every}), "file")
    return _banner(every, shown_path, f"in {files}" if every else "in the settings", settings)


def _banner(
    diagnostics: list[Diagnostic], shown_path: Callable[[str], str], what: str, settings: Sequence[SettingProblem]
) -> Markup:
    if not diagnostics and not settings:
        return Markup()
    ordered = sorted(diagnostics, key=lambda found: (_WEIGHT[found.level], found.sort_key))
    return render(
        "parts/banner.html",
        diagnostics=ordered[:_MOST],
        more=max(0, len(ordered) - _MOST),
        total=len(ordered) + len(settings),
        what=what,
        has_error=bool(settings) or ordered[0].level is Level.ERROR,
        shown_path=shown_path,
        settings=settings,
    )

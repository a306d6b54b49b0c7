"""The part of all diagnostics that a run is about; everything is always read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from postmortems.check.registry import BY_NAME
from postmortems.check.reporters.text import level_counts
from postmortems.model.changes import Changes
from postmortems.model.diagnostic import Diagnostic


def is_below(path: str, wanted: Sequence[str]) -> bool:
    """True if a file is one of these paths or lies below one, all relative to the docs folder; `""` is all of it."""
    return any(not folder or path == folder or path.startswith(f"{folder}/") for folder in wanted)


def elsewhere(every: Sequence[Diagnostic], judged: Collection[Diagnostic], ref: str) -> str:
    """Sentence on what a run of changed files does not judge; empty if that is nothing."""
    counts = level_counts(diagnostic for diagnostic in every if diagnostic not in judged)
    return f"not counted, in files unchanged since {ref}: {counts}" if counts else ""


def of_changes(diagnostics: Iterable[Diagnostic], changes: Changes) -> tuple[Diagnostic, ...]:
    """Keep the diagnostics of changed files.

    Where something was removed, or a pattern edited, what other files say of it may have become wrong, so that
    there the diagnostics of rules about references count everywhere: a gate that looks at changed files only would
    let a deleted pattern pass.
    """
    return tuple(
        diagnostic
        for diagnostic in diagnostics
        if changes.touches(diagnostic.place.path)
        or (changes.reach_further and BY_NAME[diagnostic.rule].follows_references)
    )

"""What comes back: repeats that authors declare, and incidents that only look like one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from postmortems.analyse.recurrence_figures import RecurrenceFigures
from postmortems.model.postmortem import Postmortem
from postmortems.model.related import Suspicion
from postmortems.render.base.context import PageContext
from postmortems.render.pages.metrics.figure_words import Link, links, share_words
from postmortems.render.words.formats import count_words, days_words, duration_words
from postmortems.render.words.incident import clipped
from postmortems.render.words.reasons import reason_words

SHOWN = 5
"""How many repeats of each kind are listed, the newest first; the others are counted."""


@dataclass(frozen=True, slots=True)
class Pair:
    """An earlier incident and the one that repeats it, or seems to; `why` is empty where an author says so."""

    earlier: Link
    later: Link
    why: str


@dataclass(frozen=True, slots=True)
class RecurrencePart:
    """The repeats as the page shows them; `more_…` are those that are only counted."""

    headline: str
    rest: str
    is_counted: bool
    window: str
    declared: Sequence[Pair]
    more_declared: int
    suspected: Sequence[Pair]
    more_suspected: int


def recurrence_part(figures: RecurrenceFigures, context: PageContext) -> RecurrencePart:
    """The section on what comes back."""
    headline, rest = _words(figures)
    return RecurrencePart(
        headline=headline,
        rest=rest,
        is_counted=figures.is_counted,
        window=duration_words(figures.window),
        declared=[
            _pair(one.earlier[0], one.postmortem, _apart(_days(one.earlier[0], one.postmortem)), context)
            for one in [*reversed(figures.declared)][:SHOWN]
        ],
        more_declared=max(0, len(figures.declared) - SHOWN),
        suspected=[
            _pair(one.suspicion.earlier, one.postmortem, _why(one.suspicion, context), context)
            for one in [*reversed(figures.suspected)][:SHOWN]
        ],
        more_suspected=max(0, len(figures.suspected) - SHOWN),
    )


def _words(figures: RecurrenceFigures) -> tuple[str, str]:
    """The figure and what stands beside it; a sample has two numbers and no rate."""
    declared, suspected = len(figures.declared), len(figures.suspected)
    if not figures.is_counted:
        return f"{count_words(declared, 'repeat')} declared, {suspected} suspected.", ""
    verb = "repeats" if declared == 1 else "repeat"
    interval = f" 95 % between {share_words(figures.interval).replace(' to ', ' and ')}." if figures.interval else ""
    return (
        f"{declared} of {count_words(figures.incidents, 'incident')} {verb} an earlier one, as declared.",
        f"{interval} {suspected} more {'is' if suspected == 1 else 'are'} suspected.",
    )


def _pair(earlier: Postmortem, later: Postmortem, why: str, context: PageContext) -> Pair:
    first, second = (links((one,), context).shown[0] for one in (earlier, later))
    return Pair(first, second, why)


def _days(earlier: Postmortem, later: Postmortem) -> int | None:
    return abs((later.day - earlier.day).days) if earlier.day and later.day else None


def _why(suspicion: Suspicion, context: PageContext) -> str:
    """`same root cause: pool exhaustion; 12 days apart`."""
    said = reason_words(suspicion.reasons, context.corpus.pattern_by_id)
    return "; ".join([*(f"{one.lead}: {clipped(one.values, 80)}" for one in said), _apart(suspicion.days_apart)])


def _apart(days: int | None) -> str:
    return "of unknown distance" if days is None else f"{days_words(days)} apart"

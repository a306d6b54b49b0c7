"""Incidents by year or month: the parts that the index, a year's page and other lists share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from postmortems.analyse.measures import Measure
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import MANY, PageContext
from postmortems.render.base.families import MARKS
from postmortems.render.charts.density import DenseLane, Month, density, density_rows
from postmortems.render.charts.index_picture import LEFT, RIGHT, index_picture, lanes_of
from postmortems.render.charts.mark import Mark, marks
from postmortems.render.charts.time_axis import axis_of
from postmortems.render.charts.year_rows import CROWDED, year_rows
from postmortems.render.pages.row import Row
from postmortems.render.words.formats import apart_words, count_words, duration_words

SCRIPT = "assets/postmortems/index.js"
"""The script of the filters, below the site's root. It loads RESULTS where the list is not on the page."""

RESULTS = "assets/postmortems/results.js"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a list and the rows under it; `note` says what the figures in it rest on."""

    id: str
    title: str
    note: str = ""
    href: str = ""
    rows: Sequence[Row] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture over a list and what its key must explain."""

    svg: Markup
    is_dense: bool
    families: tuple[tuple[str, str], ...] = ()


def picture(
    incidents: Sequence[Postmortem], context: PageContext, label: str, address: Callable[[Month], str]
) -> Picture:
    """The picture of some incidents in both its forms: marks, or cells of a month where there are too many."""
    drawn = marks(incidents, context)
    if not drawn:
        return Picture(Markup(""), is_dense=False)
    axis = axis_of(incidents, LEFT, RIGHT, context.analysis.today.year)
    lanes = lanes_of(drawn, tuple(context.settings.severities))
    months = Counter((mark.at.year, mark.at.month) for mark in drawn)
    is_dense = len(drawn) > MANY
    if is_dense:
        dense = [DenseLane(lane.name, Counter((mark.at.year, mark.at.month) for mark in lane.marks)) for lane in lanes]
        wide = density(dense, axis, address, label)
    else:
        wide = index_picture(lanes, axis, label)
    a_year = Counter(mark.year for mark in drawn)
    crowded = is_dense or max(a_year.values()) > CROWDED
    narrow = density_rows(months, address, label) if crowded else year_rows(drawn, label)
    return Picture(wide + narrow, is_dense, () if is_dense else _families(drawn, context))


def _families(drawn: Sequence[Mark], context: PageContext) -> tuple[tuple[str, str], ...]:
    """The families whose marks are in the picture, in the settings' order, as mark and name."""
    seen = {mark.shape for mark in drawn}
    named = [(mark, name.capitalize()) for mark, name in zip(MARKS, context.settings.families, strict=False)]
    found = [pair for pair in named if pair[0] in seen]
    return (*found, ("none", "no pattern")) if "none" in seen else tuple(found)


def summary_note(members: Sequence[Postmortem], context: PageContext) -> str:
    """What stands beside a heading: how many incidents, their median to recover, and how many lengths are unknown."""
    counted = [one for one in members if one.is_incident]
    summary = context.analysis.summary(counted, Measure.RECOVER)
    parts = [count_words(len(counted), "incident")]
    if apart := apart_words(members):
        parts.append(apart)
    if summary.median is not None:
        censored = f" and {summary.censored} at least so long" if summary.censored else ""
        parts.append(f"median {duration_words(summary.median)} to recover of {summary.n} known{censored}")
    if unknown := summary.missing - summary.censored:
        parts.append(f"{unknown} of unknown length")
    return " · ".join(parts)


def targets_words(context: PageContext) -> str:
    """`SEV1 5 min, SEV2 15 min`."""
    targets = context.settings.detection_targets
    return ", ".join(
        f"{name} {duration_words(targets[name])}" for name in context.settings.severities if name in targets
    )

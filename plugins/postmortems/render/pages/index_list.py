"""The picture over the lists of incidents, which the index and a year's page share, and the scripts of these lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from markupsafe import Markup

from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import MANY, PageContext
from postmortems.render.charts.density import DenseLane, Month, density, density_rows
from postmortems.render.charts.index_picture import LEFT, RIGHT, index_picture, lanes_of
from postmortems.render.charts.mark import Mark
from postmortems.render.charts.time_axis import axis_of
from postmortems.render.charts.year_rows import CROWDED, year_rows

SCRIPT = "assets/postmortems/index.js"
"""The script of the filters, below the site's root. It loads RESULTS where the list is not on the page."""

RESULTS = "assets/postmortems/results.js"


def picture(
    drawn: Sequence[Mark],
    incidents: Sequence[Postmortem],
    context: PageContext,
    label: str,
    address: Callable[[Month], str],
) -> Markup:
    """The picture of some incidents in both its forms: their marks, or cells of a month where there are too many."""
    if not drawn:
        return Markup()
    axis = axis_of(incidents, LEFT, RIGHT, context.analysis.today.year)
    lanes = lanes_of(drawn, tuple(context.settings.severities))
    is_dense = len(drawn) > MANY
    if is_dense:
        dense = [DenseLane(lane.name, _by_month(lane.marks)) for lane in lanes]
        wide = density(dense, axis, address, label)
    else:
        wide = index_picture(lanes, axis, label)
    a_year = Counter(mark.year for mark in drawn)
    crowded = is_dense or max(a_year.values()) > CROWDED
    return wide + (density_rows(_by_month(drawn), address, label) if crowded else year_rows(drawn, label))


def _by_month(drawn: Sequence[Mark]) -> Counter[Month]:
    return Counter((mark.at.year, mark.at.month) for mark in drawn)

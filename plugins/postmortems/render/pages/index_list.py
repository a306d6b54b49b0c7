"""The pictures over the lists of incidents, which the index and a year's page share, and the scripts of these lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from postmortems.analyse.incident_group import IncidentGroup
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import MANY, PageContext
from postmortems.render.charts.density import DenseLane, Month, density, density_rows
from postmortems.render.charts.index_picture import MIDDLE, WIDE, index_picture, lanes_of
from postmortems.render.charts.mark import Mark, marks
from postmortems.render.charts.time_axis import axis_of
from postmortems.render.charts.year_piles import is_crowded, year_piles
from postmortems.render.words.formats import count_words, duration_words

SCRIPT = "assets/postmortems/index.js"
"""The script of the filters, below the site's root. It loads RESULTS where the list is not on the page."""

PICTURE_SCRIPT = "assets/postmortems/index_picture.js"
"""The script by which the picture follows the filters. It stands before theirs, which tells it what is found."""

RESULTS = "assets/postmortems/results.js"

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class IndexPicture:
    """The picture of some incidents: `wide` is above the list, in two sizes, and `narrow` folded on a phone.

    `shapes` are the marks in it. `by_month` and `narrow_by_month` tell that the form counts months.
    """

    wide: Markup
    narrow: Markup
    shapes: frozenset[str]
    by_month: bool
    narrow_by_month: bool

    @property
    def tells_families(self) -> bool:
        """True if a mark has the shape of a family of patterns."""
        return self.shapes != frozenset({"none"})


def picture(
    incidents: Sequence[Postmortem], context: PageContext, label: str, address: Callable[[Month], str]
) -> IndexPicture | None:
    """The picture of incidents whose day is known, or None without any.

    Each has a mark, or months are counted where there are too many.
    """
    drawn = marks(incidents, context)
    if not drawn:
        return None
    lanes = lanes_of(drawn, tuple(context.settings.severities))
    by_month, is_narrow_by_month = len(drawn) > MANY, len(drawn) > MANY or is_crowded(drawn)
    wide = Markup()
    for size in (WIDE, MIDDLE):
        axis = axis_of(incidents, size.left, size.right, context.analysis.today.year)
        if by_month:
            dense = [DenseLane(lane.name, _by_month(lane.marks)) for lane in lanes]
            wide += density(dense, axis, address, label, size)
        else:
            wide += index_picture(lanes, axis, label, size)
    narrow = density_rows(_by_month(drawn), address, label) if is_narrow_by_month else year_piles(drawn, label)
    return IndexPicture(wide, narrow, frozenset(mark.shape for mark in drawn), by_month, is_narrow_by_month)


def duration_claim(group: IncidentGroup) -> tuple[str, str]:
    """Title of the picture: the median in a sentence, and how many incidents it rests on."""
    recovery, count = group.recovery, len(group.incidents)
    known = f"{recovery.n:,} of {count:,} known"
    if recovery.median is None:
        return count_words(count, "incident"), f"too few known durations for a median ({known})"
    lengths = [group.analysis.durations_of(incident).to_recover for incident in group.incidents]
    longest = max(length for length in lengths if length is not None)
    longer = sum(length is not None and length > _DAY for length in lengths)
    rest = f"{longer:,} took longer than a day" if longer else f"the longest took {duration_words(longest)}"
    return f"Half were resolved within {duration_words(recovery.median)}; {rest}", known


def _by_month(drawn: Sequence[Mark]) -> Counter[Month]:
    return Counter((mark.at.year, mark.at.month) for mark in drawn)

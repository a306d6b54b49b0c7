"""Pictures of a length: a panel a severity, with shared axes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from markupsafe import Markup

from postmortems.analyse.detection import is_late
from postmortems.analyse.measures import Measure
from postmortems.analyse.panels import Panel, panels_of
from postmortems.model.postmortem import Postmortem
from postmortems.model.quarter import quarter_of
from postmortems.render.base.context import PageContext
from postmortems.render.charts.panel import NARROW, WIDE, Axes, Dot, axes_of, panel
from postmortems.render.words.figures import length_words, measure_words, severity_words
from postmortems.render.words.formats import day_words
from postmortems.render.words.incident import after_words, clipped

MOST_DOTS = 250
"""The number of incidents up to which each has a dot; cells count those of more."""

MOST_FOLDED = 100
"""The same for panels in a fold, which few readers open."""

_FEW_PANELS = 2
_DONE = {Measure.DETECT: "detected", Measure.MITIGATE: "mitigated", Measure.RECOVER: "resolved"}
_LONGEST_TITLE = 70
_DAYS_A_QUARTER = 92


@dataclass(frozen=True, slots=True)
class DrawnPanel:
    """A panel with its picture."""

    panel: Panel
    picture: Markup


@dataclass(frozen=True, slots=True)
class PanelRow:
    """The panels of one length; `more` severities have none. `has_late`: some dots are red."""

    panels: tuple[DrawnPanel, ...]
    more: int
    scale: str
    has_dots: bool
    has_late: bool
    has_band: bool


def panel_row(clock: Measure, context: PageContext) -> PanelRow | None:
    """The panels of one length; None where no incident with a day has a known one."""
    found = panels_of(clock, context.analysis)
    is_detection = clock is Measure.DETECT
    keys = {incident.path: str(place) for place, incident in enumerate(context.analysis.incidents)}
    dots = [list(_dots(of.members, clock, keys, context)) for of in found.panels]
    lengths = [dot.length for some in dots for dot in some]
    if not lengths:
        return None
    targets = [of.target for of in found.panels if is_detection and of.target is not None]
    bounds = [bound for of in found.panels for span in of.spans for bound in (span.summary.high,) if bound]
    axes = axes_of([*lengths, *targets, *bounds], found.begin, found.end, has_target=bool(targets))
    is_crowded = len(lengths) > (MOST_FOLDED if clock is Measure.MITIGATE else MOST_DOTS)
    return PanelRow(
        tuple(
            DrawnPanel(of, _picture(of, some, axes, clock, context, len(found.panels), is_crowded=is_crowded))
            for of, some in zip(found.panels, dots, strict=True)
        ),
        found.more,
        axes.scale,
        has_dots=not is_crowded,
        has_late=any(dot.is_late for some in dots for dot in some),
        has_band=any(span.summary.low is not None for of in found.panels for span in of.spans),
    )


def _picture(
    of: Panel, dots: list[Dot], axes: Axes, clock: Measure, context: PageContext, count: int, *, is_crowded: bool
) -> Markup:
    name = severity_words(of.severity)
    label = f"{name}: {measure_words(clock)} of each incident by date, log scale"
    target = of.target if clock is Measure.DETECT else None
    crowd = (_address(of, context), _crowd_title(of, name)) if is_crowded else None
    if count > _FEW_PANELS:
        return panel(dots, of.spans, target, axes, label, crowd=crowd)
    widths = ((WIDE, "pm-w2"), (NARROW, "pm-n2"))
    return Markup("").join(
        panel(dots, of.spans, target, axes, label, width=width, css_class=css_class, crowd=crowd)
        for width, css_class in widths
    )


def _address(of: Panel, context: PageContext) -> str:
    if of.severity in context.settings.severities:
        return context.addresses.filtered([("severity", of.severity)])
    return context.addresses.postmortems()


def _crowd_title(of: Panel, name: str) -> str:
    middle = f", median {length_words(of.summary.median)}" if of.summary.median is not None else ""
    return f"{name}: {of.summary.n:,} known, {of.summary.missing:,} unknown{middle}"


def _dots(
    members: tuple[Postmortem, ...], clock: Measure, keys: Mapping[str, str], context: PageContext
) -> Iterator[Dot]:
    for incident in members:
        length = context.analysis.length(incident, clock)
        if length is None or incident.day is None:
            continue
        severity = incident.front_matter.severity or "severity unknown"
        facts = (clipped(severity, 24), day_words(incident.day), f"{_DONE[clock]} {after_words(length)}")
        quarter = quarter_of(incident.day)
        yield Dot(
            at=quarter.ordinal + (incident.day - quarter.first).days / _DAYS_A_QUARTER,
            length=max(length, timedelta()),
            is_late=clock is Measure.DETECT and bool(is_late(incident, context.analysis)),
            href=context.addresses.postmortem(incident),
            title=f"{clipped(incident.title, _LONGEST_TITLE)}\n{' · '.join(facts)}",
            key=keys[incident.path],
        )

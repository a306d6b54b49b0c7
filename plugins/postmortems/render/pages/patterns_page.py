"""All patterns: how often each showed, in which role, and when last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from postmortems.analyse.occurrences import ROLES, Occurrences
from postmortems.analyse.trends import Direction
from postmortems.model.pattern import Pattern
from postmortems.model.section import BlockKind
from postmortems.render.base.context import PageContext
from postmortems.render.base.environment import render_body
from postmortems.render.base.families import mark_of
from postmortems.render.base.page import Body
from postmortems.render.charts.sparkline import sparkline
from postmortems.render.pages.row import role_words
from postmortems.render.words.formats import apart_words, count_words, day_words
from postmortems.render.words.incident import clipped
from postmortems.render.words.plain import opening

_LONGEST_LEDE = 280


@dataclass(frozen=True, slots=True)
class PatternLine:
    """One pattern in a list."""

    title: str
    href: str
    mark: str
    family: str
    lede: str
    count: int
    apart: str
    roles: str
    last: str
    trend: str
    sparkline: Markup


def patterns_page(context: PageContext) -> Body:
    """The generated parts of `/patterns/`."""
    lines = pattern_lines(context)
    lede = (
        f"{count_words(len(lines), 'way')} of failing that incidents share: what each looks like, and what helps."
        if lines
        else ""
    )
    return render_body(
        "patterns.html",
        lede,
        lines=lines,
        span=span_words(context),
        today=context.analysis.today,
        is_sample=context.is_sample,
        guide=context.guide("writing"),
        formula=context.guide("metrics"),
        without=sum(not one.front_matter.patterns for one in context.analysis.incidents),
        total=len(context.analysis.incidents),
    )


def pattern_lines(context: PageContext) -> list[PatternLine]:
    """Every pattern that has a page, the most frequent first."""
    lines = [_line(pattern, context) for pattern in context.corpus.patterns]
    return sorted(lines, key=lambda line: (-line.count, line.title.casefold()))


def span_words(context: PageContext) -> str:
    """The years that the sparklines cover."""
    days = context.analysis.days
    if not days:
        return ""
    return str(days[0].year) if days[0].year == days[-1].year else f"{days[0].year}–{days[-1].year}"


def _line(pattern: Pattern, context: PageContext) -> PatternLine:
    found = context.analysis.occurrences.get(pattern.id, Occurrences(pattern.id))
    days = context.analysis.days
    mark = mark_of(pattern.family, context.settings)
    years = (days[0].year, days[-1].year) if days else None
    return PatternLine(
        title=pattern.title,
        href=context.addresses.pattern(pattern.id),
        mark=mark,
        family=pattern.family,
        lede=_lede(pattern),
        count=len(found.counted),
        apart=apart_words(one.postmortem for one in found.apart),
        roles=", ".join(f"{role_words(role)} {found.by_role[role]}" for role in ROLES if found.by_role.get(role)),
        last=_last(found.last, context),
        trend=_trend(pattern.id, context),
        sparkline=sparkline(found.counted, years, mark) if years and found.counted else Markup(""),
    )


def _lede(pattern: Pattern) -> str:
    """The pattern's own description, else the first sentence of its prose."""
    if pattern.description:
        return clipped(pattern.description, _LONGEST_LEDE)
    prose = (block for block in pattern.body.blocks() if block.kind is BlockKind.PARAGRAPH)
    return opening(prose, _LONGEST_LEDE) or ""


def _last(last: date | None, context: PageContext) -> str:
    if last is None:
        return ""
    ago = count_words(max((context.analysis.today - last).days, 0), "day")
    return f"last {day_words(last)}" if context.is_sample else f"last {day_words(last)}, {ago} ago"


def _trend(pattern: str, context: PageContext) -> str:
    """What can be said of a pattern's last year; of a sample nothing, since the years were collected, not counted."""
    trend = context.analysis.trends.get(pattern)
    if trend is None or context.is_sample:
        return ""
    shares = f"{trend.lately} of {trend.of_lately} in the last year, {trend.before} of {trend.of_before} before"
    match trend.direction:
        case Direction.GROWS:
            return f"Grows: {shares}"
        case Direction.QUIET:
            return f"Has gone quiet: {shares}"
        case _:
            return ""

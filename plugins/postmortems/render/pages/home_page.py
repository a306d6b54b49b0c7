"""The first page: have we seen this before, what holds for many incidents, what recurs, what is new and overdue."""

from __future__ import annotations

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.headlines import FEW, headlines
from postmortems.analyse.metrics import metrics_of
from postmortems.analyse.overdue import AGES, ages
from postmortems.model.dated_action import ActionStatus, DatedAction
from postmortems.render.base.context import PageContext
from postmortems.render.base.page import Body
from postmortems.render.pages.home_figures import home_figures
from postmortems.render.pages.home_hero import hero
from postmortems.render.pages.layout import render_body
from postmortems.render.pages.patterns_page import frequent_patterns
from postmortems.render.words.formats import count_words
from postmortems.render.words.severity import severity_weight

_PATTERNS, _LATEST, _OVERDUE, _LEARNED = 5, 5, 3, 2


def home_page(context: PageContext) -> Body:
    """The generated parts of the first page; looks at all incidents and at each pattern."""
    analysis = context.analysis
    counted = count_words(len(analysis.incidents), "incident")
    what = f"{counted}: what caused them" if analysis.incidents else "What went wrong, why,"
    first, *more = [*analysis.once(headlines), None, None][: _LEARNED + 1]
    told = [headline for headline in more if headline]
    patterns = frequent_patterns(context)
    return render_body(
        "home.html",
        "",
        f"{what} and what helped. Search for a symptom, a service or an error message.",
        context=context,
        hero=hero(first, context),
        figures=home_figures(analysis),
        patterns=patterns[:_PATTERNS],
        seen=sum(bool(found.counted) for _, found in patterns[:_PATTERNS]),
        latest=[*reversed(analysis.postmortems)][:_LATEST],
        months=analysis.reviews.months,
        learned=told,
        unusual=analysis.once(metrics_of).findings.standing_out[: _LEARNED - len(told)],
        overdue=_worst_first(analysis)[:_OVERDUE],
        by_age=ages(analysis.board.by_status[ActionStatus.OVERDUE]),
        age_words=_age_words(analysis),
        upcoming=next((action for action in analysis.board.open if action.due), None),
        is_new=len(analysis.postmortems) < FEW,
        writing=context.guide("writing"),
    )


def _worst_first(analysis: Analysis) -> list[DatedAction]:
    """The overdue action items, those of the worst severity first, and of these the oldest."""
    scale = analysis.settings.severities
    return sorted(
        analysis.board.by_status[ActionStatus.OVERDUE],
        key=lambda action: (severity_weight(action.postmortem.front_matter.severity, scale), -action.days_late),
    )


def _age_words(analysis: Analysis) -> str:
    """The overdue action items by age, the oldest first: `73 for more than a year, 152 for 92–365 days`."""
    begins = [1, *(most + 1 for most in AGES)]
    names = [f"{begin}–{most} days" for begin, most in zip(begins, AGES, strict=False)] + ["more than a year"]
    counts = ages(analysis.board.by_status[ActionStatus.OVERDUE])
    return ", ".join(f"{count:,} for {name}" for count, name in zip(counts[::-1], names[::-1], strict=True) if count)

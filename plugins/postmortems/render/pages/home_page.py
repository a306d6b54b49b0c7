"""The first page: have we seen this before, what recurs, what is new, what is open, and how to write one."""

from __future__ import annotations

from postmortems.analyse.metrics import metrics_of
from postmortems.model.dated_action import ActionStatus
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import PageContext
from postmortems.render.base.environment import render_body
from postmortems.render.base.page import Body
from postmortems.render.charts.progress_bar import progress_bar
from postmortems.render.pages.action_rows import action_rows
from postmortems.render.pages.metrics.pictures import finding_picture
from postmortems.render.pages.patterns_page import pattern_lines, span_words
from postmortems.render.pages.review_page import title_of
from postmortems.render.pages.row import Row, rows
from postmortems.render.words.formats import count_words
from postmortems.render.words.incident import detected_words

_PATTERNS, _LATEST, _LATE = 8, 3, 3


def home_page(context: PageContext) -> Body:
    """The generated parts of the first page; looks at the latest incidents and at each pattern."""
    analysis = context.analysis
    lines = pattern_lines(context)
    latest = [*reversed(analysis.postmortems)][:_LATEST]
    lede = "What went wrong, why, and what helped. Search for a symptom, a service or an error message."
    if analysis.incidents:
        counted = count_words(len(analysis.incidents), "incident")
        lede = f"{counted}, what caused them, and what helped. Search for a symptom, a service or an error message."
    late = analysis.board.by_status[ActionStatus.OVERDUE]
    months = analysis.reviews.months
    drafts = [*analysis.drafts_due.values()]
    return render_body(
        "home.html",
        lede,
        context=context,
        home=context.addresses.home(),
        lines=[line for line in lines if line.count][:_PATTERNS],
        has_patterns=bool(lines),
        span=span_words(context),
        patterns=context.addresses.patterns(),
        postmortems=context.addresses.postmortems(),
        total=len(analysis.postmortems),
        latest=_latest(latest, context),
        learned=analysis.once(metrics_of).findings.standing_out,
        finding_picture=finding_picture,
        metrics=context.addresses.metrics(),
        progress=analysis.board.counts,
        bar=progress_bar(analysis.board.counts),
        late=action_rows(late[:_LATE], context),
        actions=context.addresses.actions(),
        drafts=drafts[:_LATE],
        drafts_total=len(drafts),
        drafts_late=sum(one.due is not None and one.due < analysis.today for one in drafts),
        review=(title_of(months[-1]), context.addresses.review(months[-1])) if months else (),
        reviews=context.addresses.reviews(),
        with_open=analysis.with_open_actions,
        today=analysis.today,
        is_sample=context.is_sample,
        addresses=context.addresses,
        writing=context.guide("writing"),
        rules=context.addresses.rules(),
    )


def _latest(latest: list[Postmortem], context: PageContext) -> list[tuple[Row, str]]:
    """The latest postmortems as rows, with how soon each was noticed."""
    return [
        (row, detected_words(context.analysis.durations_of(one)))
        for one, row in zip(latest, rows(latest, context), strict=True)
    ]

"""The first page: have we seen this before, what recurs, what is new, what is open, and how to write one."""

from __future__ import annotations

from postmortems.analyse.metrics import metrics_of
from postmortems.render.base.context import PageContext
from postmortems.render.base.page import Body
from postmortems.render.pages.layout import render_body
from postmortems.render.pages.patterns_page import frequent_patterns
from postmortems.render.words.formats import count_words

_PATTERNS, _LATEST = 8, 3


def home_page(context: PageContext) -> Body:
    """The generated parts of the first page; looks at the latest incidents and at each pattern."""
    analysis = context.analysis
    counted = count_words(len(analysis.incidents), "incident")
    what = f"{counted}, what caused them," if analysis.incidents else "What went wrong, why,"
    drafts = [*analysis.drafts_due.values()]
    return render_body(
        "home.html",
        f"{what} and what helped. Search for a symptom, a service or an error message.",
        context=context,
        recurring=[pair for pair in frequent_patterns(context) if pair[1].counted][:_PATTERNS],
        latest=[*reversed(analysis.postmortems)][:_LATEST],
        months=analysis.reviews.months,
        learned=analysis.once(metrics_of).findings.standing_out,
        drafts=drafts,
        drafts_late=sum(draft.due is not None and draft.due < analysis.today for draft in drafts),
        writing=context.guide("writing"),
    )

"""All monthly reviews, by year."""

from __future__ import annotations

from postmortems.render.base.context import PageContext
from postmortems.render.base.page import Body
from postmortems.render.pages.layout import render_body
from postmortems.render.words.formats import count_words


def reviews_page(context: PageContext) -> Body:
    """The generated parts of `/reviews/`."""
    months = context.analysis.reviews.months
    counted = count_words(len(months), "month")
    lede = f"{counted} with incidents: what happened, what recurred and what to discuss." if months else ""
    return render_body("reviews.html", lede, context=context, months=months)

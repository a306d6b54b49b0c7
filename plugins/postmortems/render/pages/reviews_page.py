"""All monthly reviews, by year."""

from __future__ import annotations

from postmortems.analyse.surveys import Answers, surveyed_quarters
from postmortems.model.survey import FEWEST, SCALE
from postmortems.render.base.context import PageContext
from postmortems.render.base.page import Body
from postmortems.render.charts.tile import share_parts
from postmortems.render.data.surveys import FILE
from postmortems.render.pages.layout import render_body
from postmortems.render.words.formats import count_words
from postmortems.render.words.survey import STATEMENTS


def reviews_page(context: PageContext) -> Body:
    """The generated parts of `/reviews/`."""
    months = context.analysis.reviews.months
    counted = count_words(len(months), "month")
    lede = f"{counted} with incidents: what happened, what recurred and what to discuss." if months else ""
    return render_body(
        "reviews.html",
        lede,
        context=context,
        months=months,
        quarters=surveyed_quarters(context.corpus.surveys),
        statements=STATEMENTS,
        scale=SCALE,
        fewest=FEWEST,
        share_parts=share_parts,
        survey_parts=_parts,
        data_href=context.addresses.file(FILE),
    )


def _parts(answers: Answers, scale: tuple[str, ...]) -> list[tuple[str, int, str]]:
    """The parts of a bar: class, number of answers and name of each step of the scale."""
    return [(f"pm-scale--{step}", count, scale[step]) for step, count in enumerate(answers.counts or ())]

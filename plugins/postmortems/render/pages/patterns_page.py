"""All patterns: how often each showed, in which role, and when last."""

from __future__ import annotations

from postmortems.analyse.occurrences import Occurrences
from postmortems.model.pattern import Pattern
from postmortems.render.base.context import PageContext
from postmortems.render.base.page import Body
from postmortems.render.pages.layout import render_body
from postmortems.render.words.formats import count_words


def patterns_page(context: PageContext) -> Body:
    """The generated parts of `/patterns/`."""
    patterns = frequent_patterns(context)
    lede = (
        f"{count_words(len(patterns), 'recurring failure pattern')}: how to recognise each one and what helps."
        if patterns
        else ""
    )
    return render_body(
        "patterns.html",
        lede,
        context=context,
        patterns=patterns,
        without=sum(not incident.front_matter.patterns for incident in context.analysis.incidents),
        guide=context.guide("writing"),
        formula=context.guide("systemic-findings"),
    )


def frequent_patterns(context: PageContext) -> list[tuple[Pattern, Occurrences]]:
    """Every pattern that has a page, with its incidents; the most frequent first."""
    occurrences = context.analysis.occurrences
    found = [(pattern, occurrences.get(pattern.id, Occurrences(pattern.id))) for pattern in context.corpus.patterns]
    return sorted(found, key=lambda pair: (-len(pair[1].counted), pair[0].title.casefold()))

"""All action items: what is late, what comes next, what is open, and what became of the rest; by owner, too."""

from __future__ import annotations

from postmortems.analyse.owners import owners_of_actions
from postmortems.render.base.context import PageContext
from postmortems.render.base.page import Body
from postmortems.render.data.lists import ACTIONS
from postmortems.render.pages.layout import render_body
from postmortems.render.words.actions import closure_words, rest_words
from postmortems.render.words.formats import count_words


def actions_page(context: PageContext) -> Body:
    """The generated parts of `/actions/`; its size has a bound, whatever the number of items."""
    analysis = context.analysis
    counts = analysis.board.counts
    with_items = sum(bool(analysis.actions_of(incident)) for incident in analysis.incidents)
    lede = description = "What was promised after incidents, and what became of it."
    if counts.total:
        lede = f"What was promised in {count_words(with_items, 'postmortem')}, and what became of it."
        words = ", ".join(filter(None, (closure_words(counts), rest_words(counts))))
        description = f"{lede.removesuffix('.')}: {words}."
    return render_body(
        "actions.html",
        lede,
        description,
        context=context,
        owners=owners_of_actions(analysis.owners.values(), analysis.incident_actions),
        data_href=context.addresses.data(f"{ACTIONS}.csv"),
        without=len(analysis.incidents) - with_items,
        guide=context.guide("writing"),
    )

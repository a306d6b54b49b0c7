"""All action items: what is overdue and whose it is, what comes next, what is open, and what became of the rest."""

from __future__ import annotations

from postmortems.analyse.overdue import AGES, ages, overdue_by_owner
from postmortems.analyse.owners import owners_of_actions
from postmortems.model.dated_action import ActionStatus
from postmortems.render.base.context import PageContext
from postmortems.render.base.page import Body
from postmortems.render.data.lists import ACTIONS
from postmortems.render.pages.action_filters import action_filters
from postmortems.render.pages.layout import render_body
from postmortems.render.pages.services_page import FIND
from postmortems.render.words.formats import count_words

_MOST = {ActionStatus.OVERDUE: 150, ActionStatus.SOON: 60, ActionStatus.OPEN: 90}
"""The number of open items that are listed, by status: all of a team's, since filters cover what is listed, and of many
teams' together what a page can bear."""

_FEW = 12
"""The number of open items up to which nobody needs a filter."""


def actions_page(context: PageContext) -> Body:
    """The generated parts of `/actions/`; its size has a bound, whatever the number of items."""
    analysis = context.analysis
    counts = analysis.board.counts
    with_items = sum(bool(analysis.actions_of(incident)) for incident in analysis.incidents)
    lede = "Follow-ups from postmortems and their status."
    if counts.total:
        states = (
            (counts.done, "done"),
            (counts.open, "open"),
            (counts.dropped, "dropped"),
            (counts.unknown, "unknown"),
        )
        told = ", ".join(f"{number:,} {state}" for number, state in states if number)
        items = f"{counts.total:,} {'action item' if counts.total == 1 else 'action items'}"
        lede = f"{items} from {count_words(with_items, 'postmortem')}: {told}"
    by_status = analysis.board.by_status
    overdue = by_status[ActionStatus.OVERDUE]
    listed = {status: by_status[status][:most] for status, most in _MOST.items()}
    open_items = [action for actions in listed.values() for action in actions]
    return render_body(
        "actions.html",
        lede,
        context=context,
        listed=listed,
        listed_open=len(open_items),
        filters=action_filters(open_items, context) if len(open_items) > _FEW else None,
        ages=tuple(zip(ages(overdue), (*AGES, None), strict=True)),
        by_owner=overdue_by_owner(overdue),
        owners=owners_of_actions(analysis.owners.values(), analysis.incident_actions),
        data_href=context.addresses.file(f"{ACTIONS}.csv"),
        without=len(analysis.incidents) - with_items,
        script=context.addresses.file(FIND),
        guide=context.guide("writing"),
    )

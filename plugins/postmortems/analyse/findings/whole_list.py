"""Lists of action items that are known to be whole, so that something may be said of what they lack."""

from __future__ import annotations

import re

from postmortems.analyse.analysis import Analysis
from postmortems.model.action_item import ActionKind, ActionState
from postmortems.model.front_matter import Status
from postmortems.model.own_answer import own_answer
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import BlockKind
from postmortems.settings import Completeness

_PARTIAL = re.compile(
    r"\b(?:partial(?:ly)?|incomplete|not\s(?:complete|exhaustive|all|every|public|published)|among\sothers|excerpts?|"
    r"selected|selection|tracked\selsewhere|"
    r"(?:further|more|other|additional|remaining|some)\s(?:of\s)?(?:the\s)?(?:actions?|items?|follow-?ups?)|"
    r"in\sprogress|to\sbe\s(?:continued|added))\b",
    re.IGNORECASE,
)
"""Words of authors beside a list that does not hold everything. In doubt nothing is said of a list."""


def lacks(kind: ActionKind, postmortem: Postmortem, analysis: Analysis) -> bool | None:
    """True if no action item of a postmortem is of a kind; None where its list is empty or not known to be whole."""
    items = postmortem.actions.written
    if any(item.kind is kind and item.state is not ActionState.DROPPED for item in items):
        return False
    return True if _is_whole(postmortem, analysis) else None


def _is_whole(postmortem: Postmortem, analysis: Analysis) -> bool:
    """A list is whole where its document is published, every item says its kind, and nothing beside it says that there
    are more. Of a sample, whose documents retell what others published, no list is known to be."""
    items = postmortem.actions.written
    return (
        bool(items)
        and analysis.settings.corpus is Completeness.COMPLETE
        and postmortem.front_matter.status is Status.PUBLISHED
        and all(item.kind and item.state is not ActionState.UNKNOWN for item in items)
        and not says_partial(postmortem)
    )


@own_answer
def says_partial(postmortem: Postmortem) -> bool:
    """True if the author says beside the list that there are more action items."""
    section = postmortem.body.find("Action Items")
    blocks = section.all_blocks() if section else ()
    return bool(_PARTIAL.search(" ".join(block.text for block in blocks if block.kind is BlockKind.PARAGRAPH)))

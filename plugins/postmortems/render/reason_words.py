"""Why one incident resembles another, in words."""

from __future__ import annotations

from collections.abc import Iterable

from postmortems.model.related import Reason, ReasonKind
from postmortems.model.spelling import listed

_MOST_VALUES = 4

_LEADS = {
    ReasonKind.ROOT_CAUSE: ("same root cause", "same root causes"),
    ReasonKind.PATTERN: ("same pattern", "same patterns"),
    ReasonKind.SERVICE: ("same service", "same services"),
    ReasonKind.TRIGGER: ("same trigger", "same triggers"),
    ReasonKind.WORDS: ("rare word in common", "rare words in common"),
}


def reason_parts(reasons: Iterable[Reason]) -> tuple[tuple[str, str], ...]:
    """Each reason as what is shared and the shared labels: `("same pattern", "database-issues")`; strongest first."""
    return tuple(
        (_LEADS[one.kind][len(one.values) > 1], listed(one.values[:_MOST_VALUES])) for one in reasons if one.values
    )

"""PM601 and PM602 as rules: their level, their words and what they advise; what they find is tested with the language."""

from __future__ import annotations

from collections.abc import Callable

from postmortems.model.diagnostic import Diagnostic, Level

Check = Callable[..., tuple[Diagnostic, ...]]

BLAME = "The engineer forgot the snapshot."
HINDSIGHT = "The engineer should have taken a snapshot."
FACTOR = "- The pool had no alert on waiting requests."


def test_both_are_warnings_also_in_a_draft(check: Check) -> None:
    for status in ("published", "draft"):
        found = check((FACTOR, f"- {BLAME}\n- {HINDSIGHT}"), ("status: published", f"status: {status}"))
        assert [(one.code, one.level) for one in found] == [("PM601", Level.WARNING), ("PM602", Level.WARNING)]


def test_the_help_asks(check: Check) -> None:
    (found,) = check((FACTOR, f"- {BLAME}"))
    assert found.message == '"The engineer forgot" makes people the cause'
    assert found.help == (
        'ask "What relies on memory here, and what could remind, or make the step unnecessary?", '
        "and write the answer instead"
    )

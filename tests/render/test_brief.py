"""Impact, cause and fix of a postmortem: the sentences that its author wrote."""

from __future__ import annotations

import json

import pytest

from postmortems.read.postmortem import read_postmortem
from postmortems.render.words.brief import Brief, brief
from postmortems.settings import Settings

MATTER = "---\ntitle: A\nstarted_at: 2026-01-31T23:50:00Z\nmitigated_at: 2026-02-01T00:20:00Z\n---\n"


def told(body: str, events: list[dict[str, str]] | None = None) -> Brief:
    timeline = None if events is None else json.dumps(events).encode()
    return brief(read_postmortem("postmortems/2026/01-a/postmortem.md", (MATTER + body).encode(), Settings(), timeline))


def event(at: str, **values: str) -> dict[str, str]:
    return {"at": f"2026-02-01T{at}:00Z", "event": "Errors fall", **values}


def test_labels_come_first() -> None:
    text = """
## Executive Summary

Checkout failed.

- **Incident duration:** 1 h
- **Impact:** carts were lost for 3 % of [users](https://example.org). They came back.
- **Root cause:** `pool.max` was 5
- **Fix:** rolled back to v41

## Root Cause Analysis

### Primary Cause

Another sentence.
"""
    # A name in code stays as it is written; a plain word gets its capital.
    assert told(text, [event("00:20", action="Elsewhere")]) == Brief(
        "Carts were lost for 3 % of users.", "pool.max was 5.", "Rolled back to v41."
    )


def test_without_labels_the_first_sentences_and_the_timeline_are_taken() -> None:
    text = """
## Executive Summary

- **Incident duration:** 1 h

Checkout failed for e.g. half of all users. It was bad.

## Root Cause Analysis

### Primary Cause

The pool of connections was empty. Nothing said so.
"""
    events = [
        event("00:19", action="No"),
        event("00:20"),
        event("00:20", action="load let **in** by steps", phase="mitigation"),
    ]
    assert told(text, events) == Brief(
        "Checkout failed for e.g. half of all users.",
        "The pool of connections was empty.",
        "Load let in by steps.",
        "1 Feb, 00:20 UTC",
    )
    assert told(text, [event("00:20")]).fix == "Errors fall."


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        pytest.param([event("00:21", action="Rolled back")], Brief("", "", ""), id="no entry of that minute"),
        pytest.param(
            [event("00:20", event="a", action="b"), event("00:20", event="c", phase="mitigation")],
            Brief("", "", "C.", "1 Feb, 00:20 UTC"),
            id="the phase says which",
        ),
    ],
)  # fmt: skip
def test_the_fix_is_the_entry_at_the_moment_of_mitigation(events: list[dict[str, str]], expected: Brief) -> None:
    assert told("", events) == expected


def test_what_nobody_states_is_empty_and_the_template_states_nothing() -> None:
    assert told("") == Brief("", "", "")
    template = "## Executive Summary\n\n[Two or three sentences]\n\n### Primary Cause\n\n[Explanation]\n"
    assert told(template) == Brief("", "", "")


def test_a_question_of_a_team_s_own_template_is_no_cause() -> None:
    asked = (
        "### Primary Cause\n\nWhat happened that we didn’t anticipate?\n\n{}## Root Cause Analysis\n\nA key was gone.\n"
    )
    assert told(asked.format("")).cause == "A key was gone."
    assert told(asked.format("Why now? No one knows.\n\nA disk was full.\n\n")).cause == "A disk was full."


def test_a_long_sentence_is_cut_at_a_word_and_never_in_an_article() -> None:
    found = told("## Executive Summary\n\n- **Impact:** " + "the queue of the pool was " * 30 + "\n").impact
    assert len(found) <= 180
    assert found.endswith("pool…")
    assert len(told("## Executive Summary\n\n- **Impact:** " + "障害" * 300 + "\n").impact) == 180

"""The labelled points of a summary, as authors write them."""

from __future__ import annotations

import pytest

from postmortems.model.summary_points import SummaryPoints
from postmortems.read.postmortem import read_postmortem
from postmortems.settings.parsing import parse_settings

ALL = SummaryPoints("checkout was down", "a pool that leaks", "rolled back")


def points(text: str, **settings: object) -> SummaryPoints:
    found, problems = parse_settings(settings)
    assert not problems
    return read_postmortem("postmortems/2026/01-a/postmortem.md", text.encode(), found).points


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "## Executive Summary\n\nWords.\n\n- **Duration:** 1 h\n- **Impact:** checkout was down\n"
            "- **Root Cause:** a pool that leaks\n- **Fix:** rolled back\n",
            id="list",
        ),
        pytest.param(
            "## Summary\n\n* **Impact** - checkout was down\n* __Root cause:__ a pool that leaks\n"
            "* **How it was fixed**: rolled back\n* **Impact:** a later one\n",
            id="other marks, and the first counts",
        ),
        pytest.param(
            "## TL;DR\n\n**Impact:** checkout was down\n**Root cause:** a pool\nthat leaks\n**Resolution:** rolled back\n\n"
            "## Timeline\n",
            id="lines of a paragraph",
        ),
        pytest.param(
            "**Impact:** checkout was down\n\n**Root cause:** a pool that leaks\n\n**Mitigation:** rolled back\n\n"
            "## Timeline\n\nNothing.\n",
            id="at the head, without a summary",
        ),
        pytest.param(
            "## Executive Summary\n\n| | |\n|---|---|\n| **Impact** | checkout was down |\n| Root cause | a pool that leaks |\n"
            "| Fix | rolled back |\n",
            id="table",
        ),
    ],
)  # fmt: skip
def test_points_are_read_in_any_of_their_forms(text: str) -> None:
    found = points(text)
    assert SummaryPoints(found.impact, " ".join(found.cause.split()), found.fix) == ALL


def test_other_languages_and_a_teams_own_words_are_known() -> None:
    german = "## Zusammenfassung\n\n- **Auswirkungen:** Kasse aus\n- **Ursache:** Pool\n- **Behebung:** zurückgerollt\n"
    assert points(german, languages=["de"]) == SummaryPoints("Kasse aus", "Pool", "zurückgerollt")
    own = "## Executive Summary\n\n- **Who felt it:** shops\n"
    assert points(own, synonyms={"Who felt it": "Impact Assessment"}) == SummaryPoints("shops")


@pytest.mark.parametrize(
    "text",
    [
        "## Executive Summary\n\n- **Impact:** [Brief description of user impact]\n- **Fix:**\n- **Resolution:** 16:00\n",
        "## Executive Summary\n\nNo labels, and **impact** within a sentence.\n",
        "## Root Cause Analysis\n\n- **Impact:** elsewhere\n",
        "## Executive Summary\n\n- **Impact of the second, third and every other of the failures of that long night:** x\n",
        "",
    ],
)
def test_what_states_nothing_is_no_point(text: str) -> None:
    assert points(text) == SummaryPoints()

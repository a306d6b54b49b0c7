"""Pages take as long as their text is: four times the text, and not sixteen times the time."""

from __future__ import annotations

import re
from datetime import date

import pytest
from tests.call_count import calls_of

from postmortems.analyse.analysis import Analysis
from postmortems.model.corpus import Corpus
from postmortems.read.postmortem import read_postmortem
from postmortems.render.authored.timeline_list import draw_timeline
from postmortems.render.pages.site import Site
from postmortems.settings import Settings

TODAY = date(2026, 6, 1)
FEW, MANY = 250, 1_000
LINEAR = 5
"""The most calls that four times as much may take: a little above linear, which is 4; quadratic is 16."""

FRONT = """\
---
title: x
status: published
severity: SEV2
services: [{services}]
owner: a
started_at: 2026-03-02T14:20:00Z
detected_at: unknown
mitigated_at: unknown
resolved_at: 2026-03-02T16:00:00Z
root_cause: r
patterns: []
published_on: 2026-03-09
---
"""
PATH = "postmortems/2026/01-x/postmortem.md"
PAGES = (PATH, "actions/index.md", "owners/a.md")


def corpus(services: int = 1, actions: int = 1, events: int = 1, time: str = "2026-03-02 14:20") -> Corpus:
    text = FRONT.format(services=", ".join(f"s{number}" for number in range(services)))
    rows = "".join(f"| {time} | e{number} |\n" for number in range(events))
    items = "".join(f"- [ ] [o] do {number} (due: 2026-04-01)\n" for number in range(actions))
    text += f"\n## Timeline\n\n| Time (UTC) | Event |\n|---|---|\n{rows}\n## Action Items\n\n{items}"
    return Corpus(postmortems=(read_postmortem(PATH, text.encode(), Settings()),))


def calls_for(whole: Corpus, *uris: str) -> int:
    """The calls that making these pages takes."""
    settings = Settings()
    analysis = Analysis(whole, settings, TODAY)

    def make() -> None:
        site = Site(whole, analysis, settings, TODAY)
        for uri in uris:
            assert site.page(uri, "../") is not None

    return calls_of(make)


@pytest.fixture(scope="module", autouse=True)
def _compiled_layouts() -> None:
    """Compiling a layout is work of its own, once a process."""
    calls_for(corpus(services=2), *PAGES, "services/s0.md")


@pytest.mark.parametrize(
    "shape",
    [{"events": 1}, {"events": 1, "time": "unknown"}, {"events": 1, "time": "2026-03-02"}, {"actions": 1}],
    ids=["events of a minute", "events without a time", "events of a day", "actions"],
)
def test_a_long_postmortem_is_drawn_in_linear_time(shape: dict[str, int | str]) -> None:
    def cost(count: int) -> int:
        whole = corpus(**{name: count if value == 1 else value for name, value in shape.items()})  # type: ignore[arg-type]
        return calls_for(whole, *PAGES)

    assert cost(MANY) < LINEAR * cost(FEW)


def test_what_services_have_in_common_is_counted_once() -> None:
    few, many = (
        calls_for(corpus(services=count), *(f"services/s{number}.md" for number in range(count))) for count in (50, 200)
    )
    assert many < LINEAR * few


def test_entries_of_one_minute_have_addresses_of_their_own() -> None:
    postmortem = corpus(events=4).postmortems[0]
    assert re.findall(r'<li [^<>]*id="([^"]*)"', "".join(draw_timeline(postmortem))) == [
        "t-1420",
        "t-1420-2",
        "t-1420-3",
        "t-1420-4",
    ]

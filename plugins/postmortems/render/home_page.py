"""The first page: have we seen this before, what recurs, what is new, what is open, and how to write one."""

from __future__ import annotations

from postmortems.model.postmortem import Postmortem
from postmortems.render.environment import render
from postmortems.render.incident_words import detected_words
from postmortems.render.page import Heading, Page
from postmortems.render.patterns_page import pattern_lines, span_words
from postmortems.render.row import Row, rows
from postmortems.render.surroundings import Surroundings
from postmortems.render.words import count_words

SOURCE = "index.md"
TITLE = "Have we seen this before?"
_PATTERNS, _LATEST = 8, 3


def home_page(around: Surroundings) -> Page:
    """The generated parts of the first page; looks at the latest incidents and at each pattern."""
    analysis = around.analysis
    lines = pattern_lines(around)
    latest = [*reversed(analysis.postmortems)][:_LATEST]
    lede = "What went wrong, why, and what helped. Search for a symptom, a service or an error message."
    if analysis.incidents:
        counted = count_words(len(analysis.incidents), "incident")
        lede = f"{counted}, what caused them, and what helped. Search for a symptom, a service or an error message."
    headings = [
        Heading("recurs", "What recurs"),
        Heading("latest", "Latest"),
        Heading("open", "What is open"),
        Heading("write", "Write one"),
    ]
    return Page(
        title=TITLE,
        before=render(
            "head.html",
            title="" if around.is_authored(SOURCE) else TITLE,
            look="pm-home",
            lede=lede,
            kicker=(),
            mark="",
            hero=True,
        ),
        after=render(
            "home.html",
            home=around.addresses.home(),
            lines=[line for line in lines if line.count][:_PATTERNS],
            has_patterns=bool(lines),
            span=span_words(around),
            patterns=around.addresses.patterns(),
            postmortems=around.addresses.postmortems(),
            total=len(analysis.postmortems),
            latest=_latest(latest, around),
            progress=analysis.open_actions,
            with_open=analysis.with_open_actions,
            today=analysis.today,
            is_sample=around.is_sample,
            writing=around.guide("writing"),
            rules=around.addresses.guide("rules/index") if "guide/rules/index.md" in around.corpus.files else "",
        ),
        headings=tuple(headings),
        description=lede,
    )


def _latest(latest: list[Postmortem], around: Surroundings) -> list[tuple[Row, str]]:
    """The latest postmortems as rows, with how soon each was noticed."""
    return [
        (row, detected_words(around.analysis.durations_of(one)))
        for one, row in zip(latest, rows(latest, around), strict=True)
    ]

"""Layouts of pages, filled in. They print nouns, by filters and macros, and draw charts where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from functools import cache
from typing import TypeVar

from jinja2 import Environment
from markupsafe import Markup

from postmortems.analyse.reading_list import exercise_for, practise_first, read_first
from postmortems.render.base.environment import environment, filled
from postmortems.render.base.page import Body, Heading
from postmortems.render.charts.age_bar import age_bar
from postmortems.render.charts.dumbbell import dumbbell
from postmortems.render.charts.phase_bar import phase_bar
from postmortems.render.charts.progress_bar import progress_bar
from postmortems.render.charts.severity_squares import severity_squares
from postmortems.render.charts.share_bar import share_bar
from postmortems.render.charts.sparkline import sparkline
from postmortems.render.charts.strip import strip, strip_head
from postmortems.render.pages.detection_picture import MOST_MARKS, detection_picture
from postmortems.render.words.exercise import dated_time, exercise_name, length_words, reading_words, step_time
from postmortems.render.words.figures import quarter_words
from postmortems.render.words.headlines import headline_note, headline_words
from postmortems.render.words.survey import agree_words, gap_words

SHOWN = 20
"""Number of entries of a long list that are shown: about what somebody reads in the middle of an incident."""

WHOLE = 30
"""The length up to which a list is shown whole: nobody is sent elsewhere for the last few."""

_T = TypeVar("_T")

_headings: ContextVar[list[Heading]] = ContextVar("headings")
"""Headings that the layout being rendered has printed so far."""


def newest(oldest_first: Sequence[_T]) -> list[_T]:
    """A list turned round, the newest first; of a long one no more than SHOWN."""
    shown = len(oldest_first) if len(oldest_first) <= WHOLE else SHOWN
    return [*reversed(oldest_first)][:shown]


def _add_heading(anchor: str, title: str) -> str:
    """Register a heading that the macro of parts/heading.html prints. Raises LookupError below a plain `render`."""
    _headings.get().append(Heading(anchor, title))
    return ""


@cache
def _environment() -> Environment:
    """The environment of the pages, made once a process: that of all layouts, with charts and headings."""
    made = environment().overlay()
    made.filters = made.filters | {
        "newest": newest,
        "strip": strip,
        "progress_bar": progress_bar,
        "sparkline": sparkline,
        "phase_bar": phase_bar,
        "headline": headline_words,
        "headline_note": headline_note,
        "exercise_for": exercise_for,
        "exercise_name": exercise_name,
        "length_in_words": length_words,
        "step_time": step_time,
        "dated_time": dated_time,
        "read_first": read_first,
        "quarter": quarter_words,
        "quarters_between": gap_words,
        "agreement": agree_words,
        "reading_words": reading_words,
        "practise_first": practise_first,
    }
    made.globals = made.globals | {
        "add_heading": _add_heading,
        "headings": _headings.get,
        "strip_head": strip_head,
        "share_bar": share_bar,
        "age_bar": age_bar,
        "severity_squares": severity_squares,
        "finding_picture": dumbbell,
        "detection_picture": detection_picture,
        "most_marks": MOST_MARKS,
    }
    return made


def environments() -> tuple[Environment, ...]:
    """The environments in which layouts are compiled: that of all, and that of the pages."""
    return environment(), _environment()


def render(layout: str, /, **values: object) -> Markup:
    """One layout, filled in, as safe HTML."""
    return filled(_environment(), layout, values)


def render_with_headings(layout: str, /, **values: object) -> tuple[Markup, tuple[Heading, ...]]:
    """One layout, filled in, and the headings in it for the table of contents."""
    before = _headings.set([])
    try:
        html = render(layout, **values)
        return html, tuple(_headings.get())
    finally:
        _headings.reset(before)


def render_body(layout: str, lede: str, description: str = "", /, **values: object) -> Body:
    """The body of a page that exists without an author; `lede` describes it, too, unless there is a `description`."""
    return Body(lede, *render_with_headings(layout, **values), description or lede)

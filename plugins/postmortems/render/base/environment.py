"""The one Jinja environment. Autoescape is on: whatever comes from a file is text until a layout says otherwise."""

from __future__ import annotations

from contextvars import ContextVar
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from postmortems.render.base.page import Body, Heading
from postmortems.render.words import actions as action_words
from postmortems.render.words import figures
from postmortems.render.words import formats as words
from postmortems.render.words.findings import chance_words, claim_words
from postmortems.render.words.incident import clipped, short_name
from postmortems.render.words.plain import plain_words
from postmortems.render.words.reasons import reason_words
from postmortems.render.words.severity import severity_weight
from postmortems.text.slug import slug

_headings: ContextVar[list[Heading]] = ContextVar("headings")
"""Headings that the layout being rendered has printed so far."""


def _add_heading(anchor: str, title: str) -> str:
    """Register a heading that the macro of parts/heading.html prints. Raises LookupError below a plain `render`."""
    _headings.get().append(Heading(anchor, title))
    return ""


@cache
def environment() -> Environment:
    """The environment of all layouts, made once a process."""
    made = Environment(
        loader=PackageLoader("postmortems.render", "layouts"),
        autoescape=True,
        auto_reload=False,  # the layouts of an installed package do not change while it runs
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "duration": words.duration_words,
        "day": words.day_words,
        "long_day": words.long_day_words,
        "time": words.time_words,
        "moment": words.moment_words,
        "days": words.days_words,
        "month": words.month_words,
        "clipped": clipped,
        "short_name": short_name,
        "apart": words.apart_words,
        "reason_words": reason_words,
        "slug": slug,
        "closure": action_words.closure_words,
        "why_no_rate": action_words.why_no_rate,
        "length_words": figures.length_words,
        "between": figures.between_words,
        "share": figures.share_words,
        "count_between": figures.count_between_words,
        "chance": chance_words,
        "claim": claim_words,
        "quarter": figures.quarter_words,
        "period": figures.period_words,
        "severity": figures.severity_words,
        "severity_weight": severity_weight,
        "plain": plain_words,
    }
    made.globals |= {"count": words.count_words, "add_heading": _add_heading, "headings": _headings.get}
    return made


def render(layout: str, /, **values: object) -> Markup:
    """One layout, filled in, as safe HTML."""
    return Markup(environment().get_template(layout).render(values))  # noqa: S704 - autoescape made it safe


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

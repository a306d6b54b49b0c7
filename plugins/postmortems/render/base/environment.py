"""Jinja environment of all layouts. Autoescape is on: whatever comes from a file is text until a layout says otherwise.

That of the pages, which draws charts, too, is made of it in `pages/layout.py`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from functools import cache
from types import CodeType
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from jinja2.ext import Extension
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from postmortems.analyse.occurrences import ROLES, involvements
from postmortems.analyse.services import services_named
from postmortems.render.base.action_ids import action_href
from postmortems.render.base.addresses import record_file
from postmortems.render.base.context import MANY
from postmortems.render.base.event_anchors import evidence_anchor
from postmortems.render.base.families import glyph, mark_of
from postmortems.render.words import actions as action_words
from postmortems.render.words import figures, past
from postmortems.render.words import formats as words
from postmortems.render.words import incident as incident_words
from postmortems.render.words import incident_group as group_words
from postmortems.render.words.brief import brief
from postmortems.render.words.findings import chance_words, claim_words
from postmortems.render.words.plain import first_sentence, pattern_lede, plain_words
from postmortems.render.words.reasons import reason_line, reason_words
from postmortems.render.words.response import QUESTIONS, by_area, response_words
from postmortems.render.words.search import helps_now
from postmortems.render.words.severity import severity_weight
from postmortems.text.controls import html_without_controls
from postmortems.text.slug import slug

_TO_ESCAPE = re.compile(r"""[&<>"']""")
_INDENTATION = re.compile(r"(<pre.*?</pre>)|(?<=[%#]\})\n[ \t]+|(\n)[ \t]+", re.DOTALL)


class _Unindented(Extension):
    """Layouts without their indentation, which would be up to a fifth of a page.

    The end of a line stands for it; after a block, whose end of line Jinja removes, one blank.
    """

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return _INDENTATION.sub(lambda found: found[1] or found[2] or "\n ", source)


def _escaped(value: object) -> Markup:
    """The same as `escape`, in half the time: most of what layouts print is safe already, or has nothing to escape.

    A whole number is a count, so that it is grouped; a year, or a number for a script, is printed as `| string`.
    """
    if type(value) is Markup:
        return value
    if type(value) is str and _TO_ESCAPE.search(value) is None:
        return str.__new__(Markup, value)
    if type(value) is int:
        return str.__new__(Markup, words.number_words(value))
    return escape(value)


class _Context(Context):
    """A context that no function of ours asks for; of each call Jinja looks several times whether it does."""

    def call(self, called: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        if kwargs:
            kwargs.pop("_block_vars", None)
            kwargs.pop("_loop_vars", None)
        return called(self.eval_ctx, *args, **kwargs) if type(called) is Macro else called(*args, **kwargs)


class _Layout(Template):
    """A layout that escapes with `_escaped`."""

    @classmethod
    def from_code(
        cls,
        environment: Environment,
        code: CodeType,
        globals: MutableMapping[str, Any],  # noqa: A002 - Jinja's name
        uptodate: Callable[[], bool] | None = None,
    ) -> Template:
        made = super().from_code(environment, code, globals, uptodate)
        made.root_render_func.__globals__["escape"] = _escaped
        return made


class _Settled(Environment):
    """An environment whose globals are all there before its first layout is loaded."""

    context_class = _Context
    template_class = _Layout

    def make_globals(self, d: MutableMapping[str, Any] | None) -> dict[str, Any]:
        """Globals of one layout, as a plain dictionary: each rendering copies them, which a chain of two makes slow."""
        return {**self.globals, **(d or {})}


@cache
def environment() -> Environment:
    """The environment, made once a process."""
    made = _Settled(
        loader=PackageLoader("postmortems.render", "layouts"),
        extensions=[_Unindented],
        autoescape=True,
        auto_reload=False,  # the layouts of an installed package do not change while it runs
        cache_size=-1,  # all of them: a bounded cache is searched through whenever one is asked for
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "duration": words.duration_words,
        "day": words.day_words,
        "moment": words.moment_words,
        "moment_after": words.moment_after,
        "days": words.days_words,
        "month": words.month_words,
        "month_name": words.month_name,
        "long_month": words.long_month_words,
        "years": words.years_words,
        "role": words.role_words,
        "apart": words.apart_words,
        "number": words.number_words,
        "clipped": incident_words.clipped,
        "short_name": incident_words.short_name,
        "plain": plain_words,
        "first_sentence": first_sentence,
        "brief": brief,
        "pattern_lede": pattern_lede,
        "known": group_words.known_words,
        "reason_words": reason_words,
        "reason_line": reason_line,
        "severity_weight": severity_weight,
        "slug": slug,
        "helps_now": helps_now,
        "mark": mark_of,
        "involvements": involvements,
        "services_named": services_named,
        "closure": action_words.closure_words,
        "card_words": action_words.card_words,
        "why_no_rate": action_words.why_no_rate,
        "measure": figures.measure_words,
        "length_words": figures.length_words,
        "between": figures.between_words,
        "share": figures.share_words,
        "count_between": figures.count_between_words,
        "chance": chance_words,
        "claim": claim_words,
        "unbroken": figures.unbroken,
        "quarter": figures.quarter_words,
        "period": figures.period_words,
        "severity": figures.severity_words,
        "ticket": action_words.ticket_words,
        "past_words": past.past_words,
        "gap_words": past.gap_words,
        "published_in_git": past.published_in_git,
        "whole_days": figures.whole_days_words,
        "whole_days_between": figures.whole_days_between_words,
        "action_href": action_href,
        "record_file": record_file,
        "evidence_anchor": evidence_anchor,
        "response": response_words,
        "by_area": by_area,
    }
    made.globals |= {
        "MANY": MANY,
        "glyph": glyph,
        "count": words.count_words,
        "roles": ROLES,
        "response_questions": QUESTIONS,
        "month_names": words.LONG_MONTHS,
        "long_month": words.long_month_words,
    }
    return made


def render(layout: str, /, **values: object) -> Markup:
    """One layout, filled in, as safe HTML."""
    return filled(environment(), layout, values)


def filled(with_filters: Environment, layout: str, values: dict[str, object]) -> Markup:
    """One layout of an environment, filled in, as safe HTML."""
    # Here and not in `_escaped`: layouts and charts join and format texts in ways that do not pass it.
    html = html_without_controls(with_filters.get_template(layout).render(values))
    return Markup(html)  # noqa: S704 - autoescape made it safe

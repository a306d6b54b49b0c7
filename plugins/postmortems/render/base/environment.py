"""The one Jinja environment. Autoescape is on: whatever comes from a file is text until a layout says otherwise."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from postmortems.render.words import actions as action_words
from postmortems.render.words import formats as words
from postmortems.text.slug import slug


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
        "slug": slug,
        "closure": action_words.closure_words,
        "why_no_rate": action_words.why_no_rate,
    }
    made.globals |= {"count": words.count_words}
    return made


def render(layout: str, /, **values: object) -> Markup:
    """One layout, filled in, as safe HTML."""
    return Markup(environment().get_template(layout).render(values))  # noqa: S704 - autoescape made it safe

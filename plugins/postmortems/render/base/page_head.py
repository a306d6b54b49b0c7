"""The head of a generated page."""

from __future__ import annotations

from markupsafe import Markup

from postmortems.render.base.context import PageContext
from postmortems.render.base.environment import render


def page_head(
    source: str, title: str, lede: str, context: PageContext, *, look: str = "", kicker: str = "", hero: bool = False
) -> Markup:
    """The title of a page, `kicker` above it and `lede` below, for what would stand at `source` below the docs folder.

    Where an author has written that page, the author's own title stands there, and this gives only the shapes of the
    pictures. `look` is a class of the stylesheet, `hero` the large form.
    """
    shown = "" if context.is_authored(source) else title
    return render("head.html", title=shown, look=look, lede=lede, kicker=kicker, hero=hero)

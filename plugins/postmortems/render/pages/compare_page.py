"""Two or three incidents side by side. A script fills the page from the compact index and the incidents' own pages."""

from __future__ import annotations

from collections import Counter

from postmortems.analyse.passages import heading_of
from postmortems.render.base.context import PageContext
from postmortems.render.base.page import Body
from postmortems.render.data.index import FILE
from postmortems.render.pages.layout import render_body

COMPARE = "assets/postmortems/compare.js"
"""The script of the page, below the site's root."""

_HELPED = "What Went Well"
_MOST_TITLES = 40


def compare_page(context: PageContext) -> Body:
    """The generated parts of `/compare/`; without the script it says so, with the way to the postmortems."""
    headings = (heading_of(postmortem, _HELPED) for postmortem in context.analysis.postmortems)
    titles = Counter(filter(None, headings))
    return render_body(
        "compare.html",
        "Two or three incidents side by side.",
        context=context,
        index=context.addresses.file(FILE),
        helped="\n".join(title for title, _ in titles.most_common(_MOST_TITLES)),
        script=context.addresses.file(COMPARE),
    )

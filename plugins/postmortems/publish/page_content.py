"""The whole content of a page: the author's words, cleaned, with all that is drawn within and around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from postmortems.render.base.page import Page

_EVIDENCE_MARK = "<!-- postmortems:evidence -->"


def page_content(part: Page, content: str, title: str, *, banner: str, is_postmortem: bool) -> str:
    """The content of a page that has a generated part: as a whole, with a heading, and with what is below the author's
    words where they want it. `title` is the page's own, as safe HTML, for an author who has not written a heading."""
    heading = "" if "<h1" in part.before or "<h1" in content else f"<h1>{title}</h1>"
    head, mark, tail = content.partition(_EVIDENCE_MARK)
    body = f"{head}{part.after}{tail}" if mark else f"{content}{part.after}"
    look = "pm pm-doc pm-postmortem" if is_postmortem else "pm pm-doc"
    return f'<div class="{look}">{banner}{part.before}{heading}{body}</div>'

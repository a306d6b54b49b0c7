"""Style sheet of the site: its parts, joined in the order in which they overrule each other."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

_PARTS = (
    "tokens", "chrome", "text", "names", "badges", "charts", "rows", "postmortem", "pages", "lists",
    "services", "actions", "metrics", "filters", "index", "home", "summary", "pattern", "search",
    "compare", "exercise", "overlays", "narrow", "print",
)  # fmt: skip


@cache
def style_sheet() -> str:
    """All rules, as one text of CSS."""
    folder = files("postmortems.render").joinpath("assets", "styles")
    return "\n".join(folder.joinpath(f"{part}.css").read_text("utf-8") for part in _PARTS)

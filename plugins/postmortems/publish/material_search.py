"""Material's search, whose event for each page looks through the whole of it, and here sees what it needs."""

from __future__ import annotations

from collections.abc import Callable, Set
from typing import TYPE_CHECKING, Any

from postmortems.publish.contents_on_disk import Later, showing
from postmortems.publish.other_plugins import SEARCH_PLUGINS

if TYPE_CHECKING:
    from mkdocs.structure.pages import Page

OF_SEARCH = "data-search-"
"""Beginning of the attributes that it looks for."""


class SparedEvent:
    """Material's search in its event, shown no text but what is handed to its index: it looks for its own attributes
    at every character of a page, which takes as long as reading the words."""

    def __init__(self, method: Callable[..., Any], drawn_in: Set[str]) -> None:
        self.method = method
        self._drawn_in = drawn_in

    def __call__(self, context: Any, *, page: Page, **values: Any) -> Any:
        is_kept = isinstance(vars(page)["content"], Later)
        if page.file.src_uri not in self._drawn_in or (not is_kept and OF_SEARCH in (page.content or "")):
            return self.method(context, page=page, **values)
        with showing(page, ""):
            return self.method(context, page=page, **values)


def spared(method: Callable[..., Any], drawn_in: Set[str]) -> Callable[..., Any]:
    """The method of an event, that of Material's search spared; of an earlier build, anew."""
    plain = method.method if isinstance(method, SparedEvent) else method
    of_search = type(getattr(plain, "__self__", None)).__module__ in SEARCH_PLUGINS
    return SparedEvent(plain, drawn_in) if of_search else method

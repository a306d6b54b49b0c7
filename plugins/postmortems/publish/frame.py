"""Frame of the theme around one page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from postmortems.publish.navigation import tight
from postmortems.publish.page_meta import safe_text

Navigations = dict[tuple[str, str], str]
"""The tabs and the sidebar's navigation as seen from the pages of a folder, by their name and the folder's address."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Texts that the theme's frame prints: that of `<title>` and what a preview of the page shows, all safe HTML.

    `folder` is that of the page's address, None for a page that is in the navigation.
    """

    head_title: str
    title: str
    is_article: bool
    navigation: Navigations
    folder: str | None

    @classmethod
    def of(cls, title: str, site_name: str, *, is_article: bool, navigation: Navigations, folder: str | None) -> Frame:
        """The frame of a page with this title, which is plain text."""
        head_title = safe_text(title if title == site_name else f"{title} - {site_name}")
        return cls(head_title, safe_text(title), is_article, navigation, folder)

    def kept(self, name: str, render: Callable[[], str]) -> str:
        """A part of the navigation: made once for all pages of a folder that are not in it themselves."""
        if self.folder is None:
            return tight(render())
        key = name, self.folder
        if key not in self.navigation:
            self.navigation[key] = tight(render())
        return self.navigation[key]

"""Frame of the theme around one page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from postmortems.publish.navigation import tight

Navigations = dict[tuple[str, str], str]
"""The tabs and the sidebar's navigation as seen from the pages of a folder, by their name and the folder's address."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Texts that the theme's frame prints: that of `<title>` and what a preview of the page shows, all safe HTML."""

    head_title: str
    title: str
    is_article: bool
    navigation: Navigations
    folder: str | None

    def kept(self, name: str, render: Callable[[], str]) -> str:
        """A part of the navigation: made once for all pages of a folder that are not in it themselves."""
        if self.folder is None:
            return tight(render())
        key = name, self.folder
        if key not in self.navigation:
            self.navigation[key] = tight(render())
        return self.navigation[key]

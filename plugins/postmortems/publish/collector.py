"""Garbage collection of one build, at times that are chosen here.

Python's own looks through all that lives whenever as many objects are new, and nearly all of a site lives to the end of
its build: that took a quarter of the time of a preview's builds. Here it looks, now and then, at what is new since.
"""

from __future__ import annotations

import gc

_PAGES = 300
"""Number of pages after which it looks: a page leaves some 60 kB of objects that hold each other."""


class Collector:
    """The collector during one build. A preview, which goes on, gets Python's own back at the end of each."""

    def __init__(self) -> None:
        self._pages = 0

    def begin(self) -> None:
        """Take over from Python's own. What there is already was looked through when it came."""
        gc.disable()
        gc.freeze()

    def after_page(self) -> None:
        """Look at what is new, after each so many pages; what is still in use then is in use to the end."""
        self._pages += 1
        if self._pages % _PAGES == 0:
            gc.collect()
            gc.freeze()

    def end(self, *, preview: bool) -> None:
        """Hand over to Python's own again."""
        if preview:
            gc.unfreeze()
        gc.enable()

"""Files and folders outside the docs folder that a preview is made from: those that appear while it runs are watched.

MkDocs watches what is there when a preview starts, and no longer what was removed and made again. A checkout of a
source may be made, or made again, at any time.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer

    from postmortems.settings import Settings

log = logging.getLogger("mkdocs.plugins.postmortems")


def named_places(config: MkDocsConfig, settings: Settings) -> list[str]:
    """The files and folders outside the docs folder that our settings name, whether they exist or not."""
    named = [*filter(None, [settings.services]), *(source.folder for source in settings.sources)]
    folder = Path(config.config_file_path or "").parent.absolute()
    return [os.path.normpath(folder / name) for name in named]


def places_of(config: MkDocsConfig, settings: Settings) -> list[str]:
    """The files and folders that a site is made from, whether they exist or not."""
    found = [config.docs_dir, config.config_file_path or "", *config.theme.dirs, *config.watch]
    return [*(str(Path(str(place)).absolute()) for place in filter(None, found)), *named_places(config, settings)]


class WatchedPlaces:
    """The places that a server watches for us; `places` gives those that the settings name now."""

    def __init__(self, server: LiveReloadServer, places: Callable[[], Iterable[str]]) -> None:
        self._server = server
        self._places = places
        self._watched: set[str] = set()

    def begin(self) -> None:
        """Watch what is there, and look for the rest for as long as the server runs."""
        for place in filter(os.path.exists, self._places()):
            self._watch(place)
        # The server calls this several times a second, between two requests.
        self._server.service_actions = self._look  # type: ignore[method-assign]

    def _look(self) -> None:
        """Watch what appeared, and build again where that is so or anything is gone."""
        try:
            # For good: a folder that was gone for a moment is watched no longer.
            ended = {each.watch.path for each in self._server.observer.emitters if not each.should_keep_running()}
            for place in self._places():
                is_there = os.path.exists(place)  # noqa: PTH110 - this runs all the time
                if place not in self._watched and is_there:
                    self._forget(place)
                    self._watch(place)
                    self._let_build()
                elif place in self._watched and (place in ended or not is_there):
                    self._watched.discard(place)
                    self._let_build()
        except Exception as error:  # It would end the answers to requests.
            log.debug("postmortems: %s: %s", type(error).__name__, error)

    def _forget(self, place: str) -> None:
        """End to watch what was at a place before, for all who asked for it."""
        with suppress(KeyError):
            while True:
                self._server.unwatch(place)

    def _watch(self, place: str) -> None:
        self._server.watch(place)
        self._watched.add(place)

    def _let_build(self) -> None:
        """Let MkDocs build as after the edit of a file: of a folder that comes or goes it takes no notice."""
        with self._server._rebuild_cond:
            self._server._want_rebuild = True
            self._server._rebuild_cond.notify_all()

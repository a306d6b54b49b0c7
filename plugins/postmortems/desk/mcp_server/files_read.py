"""A knowledge base as it is on disk, read again when one of its files has changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from postmortems.check.levels import unknown_rules
from postmortems.loading import LoadedProject, loaded_project
from postmortems.pipeline import today_utc
from postmortems.read.config_file import ProjectError
from postmortems.read.files import list_files
from postmortems.read.mounts import place_of
from postmortems.read.settings_file import Project, read_project, setting_lines

Seen = tuple[tuple[str, int, int], ...]
"""Name, size and time of change of every file, as far as a reading rests on it."""


@dataclass
class FilesRead:
    """The knowledge base of one configuration file; `today` is the day to count from, None for that of the clock."""

    config: Path
    today: date | None = None
    _seen: Seen = ()
    _day: date | None = None
    _loaded: LoadedProject | None = None

    def now(self) -> LoadedProject:
        """The knowledge base as it is; ProjectError where its settings cannot be used."""
        day = self.today or today_utc()
        if self._loaded is None or day != self._day or self._seen != self._look(self._loaded.project):
            project = read_project(self.config)
            if problems := unknown_rules(project.settings):
                raise ProjectError(*setting_lines(self.config, problems))
            # Looked at before it is read: what changes meanwhile is seen the next time.
            self._seen, self._day = self._look(project), day
            self._loaded = loaded_project(project, self.today)
        return self._loaded

    def _look(self, project: Project) -> Seen:
        catalogue = [self.config.parent / name for name in [project.settings.services] if name]
        baseline = [project.baseline] if project.baseline else []
        tree = list_files(project.docs)
        return tuple(_seen(self.config, *catalogue, *baseline, *(place_of(tree.root, path) for path in tree.files)))


def _seen(*files: Path) -> Iterator[tuple[str, int, int]]:
    for file in files:
        with suppress(OSError):
            status = os.stat(file)  # noqa: PTH116 - this runs for every file at every question
            yield str(file), status.st_size, status.st_mtime_ns

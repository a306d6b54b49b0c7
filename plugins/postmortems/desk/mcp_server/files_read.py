"""A knowledge base as it is on disk, read again when something in it has changed."""

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
from postmortems.read.git import Repository, repository_root
from postmortems.read.mounts import place_of
from postmortems.read.settings_file import Project, read_project, setting_lines


@dataclass
class FilesRead:
    """The knowledge base of one configuration file; `today` is the day to count from, None for that of the clock."""

    config: Path
    today: date | None = None
    _seen: tuple[object, ...] = ()
    _loaded: LoadedProject | None = None

    def now(self) -> LoadedProject:
        """The knowledge base as it is; ProjectError where its settings cannot be used."""
        project = read_project(self.config)
        if problems := unknown_rules(project.settings):
            raise ProjectError(*setting_lines(self.config, problems))
        # Looked at before it is read: what changes meanwhile is seen the next time.
        seen = self.today or today_utc(), project, _commit(project), *_files(project)
        if self._loaded is None or seen != self._seen:
            self._loaded = loaded_project(project, self.today)
            self._seen = seen
        return self._loaded


def _files(project: Project) -> Iterator[tuple[str, int, int]]:
    """Name, size and time of change of every file in the docs folder."""
    tree = list_files(project.docs)
    for path in tree.files:
        file = place_of(tree.root, path)
        with suppress(OSError):
            status = os.stat(file)  # noqa: PTH116 - this runs for every file at every question
            yield str(file), status.st_size, status.st_mtime_ns


def _commit(project: Project) -> str:
    """The commit that is checked out, and whether those before it are there: a record has what git's history says."""
    root = repository_root(project.docs) if project.settings.history else None
    return Repository(root).answer("rev-parse", "--is-shallow-repository", "HEAD") if root else ""

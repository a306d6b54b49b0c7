"""The origins of an import's documents, by which a second run, or another folder of the same, knows them again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from postmortems.adopt.old_front_matter import split
from postmortems.adopt.record import Found, Record
from postmortems.adopt.sources.registry import Source, origin_name
from postmortems.read.files import list_files
from postmortems.read.opening import open_file
from postmortems.read.postmortem import postmortem_id
from postmortems.read.settings_file import Project
from postmortems.read.text import read_text

ORIGIN = "x-source"


@dataclass(frozen=True)
class Origins:
    """The postmortems that are there: `ids` by their origins, `titles` by their ids, where an import wrote them.

    What is imported now is of the kind `source`, and its origins begin with `prefix`.
    """

    ids: Mapping[str, str]
    titles: Mapping[str, str]
    source: str
    prefix: str

    @property
    def own(self) -> str:
        """The beginning of the origins of what is imported now."""
        return f"{self.source}:{self.prefix}"

    def with_origin(self, found: Found, root: Path) -> Found:
        """A record with its origin: that of the postmortem that was made of it in an import of another folder of the
        same, such as the one around it, where it has kept its title."""
        if not isinstance(found, Record) or found.origin:
            return found
        origin = f"{self.own}{found.source}"
        if origin not in self.ids:
            for known in self.known(root / found.source):
                if self.titles[self.ids[known]] == found.text("title"):
                    origin = known
        return replace(found, origin=origin)

    def known(self, path: Path) -> Iterator[str]:
        """The origins that a file at a whole path may have: they name it from some folder above it on."""
        parts = path.parts
        for first in range(1, len(parts) - 1):
            origin = f"{self.source}:{'/'.join(parts[first:])}"
            if origin in self.ids:
                yield origin


def taken_ids(project: Project) -> tuple[dict[str, str], dict[str, str]]:
    """The ids of the postmortems that are there, each with its origin where an import wrote it, and with its title."""
    taken: dict[str, str] = {}
    titles: dict[str, str] = {}
    for path in list_files(project.docs).postmortems(project.settings):
        data, _ = open_file(project.docs, path)
        values = split(read_text(path, data)[0]).values
        name = postmortem_id(path, project.settings.folder)
        taken[name], titles[name] = str(values.get(ORIGIN) or ""), str(values.get("title") or "")
    return taken, titles


def origins_of(
    source: Source, root: Path, project: Project, taken: Mapping[str, str], titles: Mapping[str, str]
) -> Origins:
    """The origins of an import of the files below `root`."""
    ids = {origin: name for name, origin in taken.items() if origin}
    return Origins(ids, titles, origin_name(source), _prefix(root, project))


def _prefix(root: Path, project: Project) -> str:
    """The beginning of the origins of documents: where they are from the knowledge base's own folder on, or the name of
    the folder that they were in, so that another copy of it is known as the same."""
    home = project.config.resolve().parent
    place = root.resolve()
    within = place.relative_to(home).as_posix() if place.is_relative_to(home) else place.name
    return "" if within in ("", ".") else f"{within}/"

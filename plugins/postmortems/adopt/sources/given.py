"""Input of a source: files, and what else is known of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from postmortems.adopt.exports.json_file import JsonFile, read_json_files
from postmortems.settings import Settings


@dataclass(frozen=True)
class Given:
    """The files of an import: bytes by their path, with `/`, below what was imported.

    `committed` is the day of each file's first commit, where git knows it; `severities` maps words of the records to
    the scale of the settings. People of chat and pagers keep their `names` only where somebody asked for it.
    """

    files: Mapping[str, bytes]
    settings: Settings
    committed: Mapping[str, date] = field(default_factory=dict)
    severities: Mapping[str, str] = field(default_factory=dict)
    names: bool = False

    @cached_property
    def json_files(self) -> tuple[JsonFile, ...]:
        """The files that are meant to be JSON, parsed once for all sources."""
        return read_json_files(self.files)

"""Diagnostics of checking, as values; reporters make text of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from postmortems.model.place import Place
from postmortems.model.quick_pickle import quickly_pickled


class Level(StrEnum):
    """Weight of a diagnostic: an `error` refuses the file, a `warning` only under `--strict`."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong at a place, found by reading or by a rule, before settings have given it a level.

    `rule` is the rule's name, such as `missing-section`. `message` states the fact and quotes the author;
    `help` is the next step, apart from it. `level` is given where this one weighs otherwise than its rule does;
    `even_in_drafts` marks one that a draft does not soften although its rule is softened there.
    """

    rule: str
    place: Place
    message: str
    help: str
    level: Level | None = None
    even_in_drafts: bool = False


@quickly_pickled
@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A problem as the settings weigh it: what every reporter, the build and the pages show."""

    code: str
    rule: str
    level: Level
    place: Place
    message: str
    help: str

    @property
    def sort_key(self) -> tuple[Place, str]:
        """Order of reports: by place, then by code; what a rule says about one place stays in the rule's order."""
        return (self.place, self.code)

"""The changes of a branch below the docs folder."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from postmortems.model.postmortem import Postmortem

CHANGED_SINCE = "POSTMORTEMS_CHANGED_SINCE"
"""The variable of the environment that names the commit which check, report and build compare with: a CI job sets it
once, so that all of them judge the same."""


@dataclass(frozen=True)
class Changes:
    """The files below the docs folder that differ from those of another commit, by their paths with `/`.

    `paths` are all of them, added, edited and removed ones alike, uncommitted changes included; `removed` are those
    that are no longer there. `note` says in one sentence what the comparison could not take into account, and `folder`
    is that of the postmortems. `sources` are the names of other repositories whose postmortems it holds.
    """

    paths: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()
    note: str = ""
    folder: str = "postmortems"
    sources: frozenset[str] = frozenset()

    def of(self, postmortems: Iterable[Postmortem]) -> tuple[Postmortem, ...]:
        """Postmortems that are changed themselves, or have a changed file in their folder."""
        return tuple(postmortem for postmortem in postmortems if self.touches(postmortem.path))

    def touches(self, path: str) -> bool:
        """True if this file is changed; a postmortem and what lies in its folder count as one."""
        return path in self.paths or self._home(path) in self._changed_homes

    @cached_property
    def _changed_homes(self) -> frozenset[str]:
        return frozenset(home for path in self.paths if (home := self._home(path)))

    @property
    def reach_further(self) -> bool:
        """True if other files may have become wrong by them: something is gone, or a pattern reads differently."""
        return bool(self.removed) or any(path.startswith("patterns/") for path in self.paths)

    def _home(self, path: str) -> str:
        """The folder `postmortems/<year>/<name>` that a file lies in; empty for all others."""
        above, _, below = path.partition(f"{self.folder}/")
        parts = below.split("/")
        depth = 3 if parts[0] in self.sources else 2
        return "/".join((self.folder, *parts[:depth])) if not above and len(parts) > depth else ""

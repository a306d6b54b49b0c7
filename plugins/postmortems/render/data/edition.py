"""One edition of the data: what was analysed, and the site that it belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urljoin

from postmortems.model.postmortem import Postmortem
from postmortems.render.data.action_record import ActionRecord, action_records
from postmortems.render.data.postmortem_record import PostmortemRecord, postmortem_record
from postmortems.render.surroundings import Surroundings


@dataclass(frozen=True)
class Edition:
    """What the data files of one build are made from.

    `around` sees addresses from the site's root. `site_url` is MkDocs' own, and empty where the site does not know
    where it stands.
    """

    around: Surroundings
    site_name: str = ""
    site_url: str = ""

    def url(self, address: str) -> str:
        """An address below the site's root as a whole URL, or as it is where the site does not know where it stands."""
        return urljoin(self.site_url.rstrip("/") + "/", address) if self.site_url else address

    @cached_property
    def postmortems(self) -> tuple[PostmortemRecord, ...]:
        """A record of each postmortem, newest first."""
        return tuple(self._records.values())

    def record(self, one: Postmortem) -> PostmortemRecord:
        """The record of one postmortem."""
        return self._records[one.path]

    @cached_property
    def actions(self) -> tuple[ActionRecord, ...]:
        """A record of each action item: those of the newest postmortem first, in the order of its text."""
        return tuple(
            record
            for one in self.around.analysis.postmortems[::-1]
            for record in action_records(one, self.around, self.url)
        )

    @cached_property
    def _records(self) -> Mapping[str, PostmortemRecord]:
        newest_first = self.around.analysis.postmortems[::-1]
        return {one.path: postmortem_record(one, self.around, self.url) for one in newest_first}

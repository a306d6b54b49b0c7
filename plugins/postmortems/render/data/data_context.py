"""One edition of the data: what was analysed, and the site that it belongs to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import Any
from urllib.parse import quote, urljoin

from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import PageContext
from postmortems.render.data.action_record import ActionRecord, action_records
from postmortems.render.data.postmortem_record import PostmortemRecord, postmortem_record
from postmortems.text.slug import plain_slug

Remember = Callable[[tuple[str, str], Callable[[], Any]], Any]
"""A function that gives the value of a key, which is made the first time; the key tells all that it is made of beside
the knowledge base."""


@dataclass(frozen=True)
class DataContext:
    """Input of the data files of one build.

    `pages` is the context of a page at the root. `site_url` and `repo_url` are MkDocs' own; the first is empty where
    the site does not know where it is. `remember` gives a value by its key, and makes it the first time.
    """

    pages: PageContext
    site_name: str = ""
    site_url: str = ""
    repo_url: str = ""
    remember: Remember = field(default_factory=lambda: remembered({}))

    @cached_property
    def site_id(self) -> str:
        """Id that tells this site from others in the ids of the feed and the calendar, for use in a URI.

        It is made of the site's name and repository, and never of its address: so it stays when the site is built again
        or moves. Two sites of one name are told apart by `repo_url`.
        """
        name = quote(plain_slug(self.site_name))
        repository = self.repo_url.strip().rstrip("/").removesuffix(".git").casefold()
        return (
            f"{name}-{blake2b(repository.encode('utf-8', 'replace'), digest_size=6).hexdigest()}"
            if repository
            else name
        )

    def url(self, address: str) -> str:
        """An address below the site's root as a whole URL, or as it is where the site does not know where it is."""
        return urljoin(self.site_url.rstrip("/") + "/", address) if self.site_url else address

    @property
    def postmortems(self) -> tuple[PostmortemRecord, ...]:
        """A record of each postmortem, newest first."""
        return tuple(map(self.record, self.pages.analysis.postmortems[::-1]))

    def record(self, postmortem: Postmortem) -> PostmortemRecord:
        """The record of one postmortem."""
        key = f"record {self.site_url}", postmortem.path
        made: PostmortemRecord = self.remember(key, lambda: postmortem_record(postmortem, self.pages, self.url))
        return made

    @property
    def actions(self) -> tuple[ActionRecord, ...]:
        """A record of each action item: those of the newest postmortem first, in the order of its text."""
        newest_first = self.pages.analysis.postmortems[::-1]
        return tuple(record for postmortem in newest_first for record in self.actions_of(postmortem))

    def actions_of(self, postmortem: Postmortem) -> tuple[ActionRecord, ...]:
        """A record of each action item of one postmortem, in the order of its text."""
        made: tuple[ActionRecord, ...] = self.remember(
            (f"actions {self.site_url}", postmortem.path),
            lambda: tuple(action_records(postmortem, self.pages, self.url)),
        )
        return made


def remembered(known: dict[tuple[str, str], Any]) -> Remember:
    """A memory in a dictionary."""

    def remember(key: tuple[str, str], make: Callable[[], Any]) -> Any:
        if key not in known:
            known[key] = make()
        return known[key]

    return remember

"""Tickets: what an action item's `ticket` names, and what a tracker's export says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import unquote

from postmortems.model.action_item import ActionState

_LONGEST = 2_000
_LINK = re.compile(r"\[[^\[\]]{0,200}\]\(<?(https?://[^\s<>()]{1,1000})>?\)")
_URL = re.compile(r"https?://[^\s<>()\[\]\"',;]{1,1000}")
_ADDRESS = re.compile(r"https?://([^/\s]{1,200})/(.{1,1000})")
_NUMBERED = re.compile(
    r"([^?#]{1,500}?)/(?:-/)?(issues|pulls?|merge_requests|work_items)/(\d{1,12})(?![\w-])", re.IGNORECASE
)
_KEY_IN_ADDRESS = re.compile(r"(?:browse/|issues/|selectedIssue=)([A-Za-z][A-Za-z0-9_]{1,30}-\d{1,9})(?![\w-])")
_WRITTEN = re.compile(
    r"(?<![\w/.#-])(?:(?P<repository>[\w.-]{1,100}(?:/[\w.-]{1,100}){0,10})?(?P<sign>[#!])(?P<number>\d{1,12})(?!\w)"
    r"|GH-(?P<github>\d{1,12})(?!\w)"
    r"|(?P<key>[A-Z][A-Z0-9_]{1,30}-\d{1,9})(?![\w-]))"
)


@dataclass(frozen=True, slots=True)
class TicketReference:
    """Name of a ticket: `OPS-12`, or the number of an issue (`#12`) or a merge request of GitLab (`!12`).

    `repository` is that of a number, such as `example/shop`, in small letters; empty where only the number is written.
    `host` is known where the ticket is written as a URL.
    """

    key: str
    repository: str = ""
    host: str = ""

    @property
    def is_number(self) -> bool:
        """True if it counts within a repository."""
        return self.key[:1] in ("#", "!")

    @property
    def project(self) -> str:
        """Series that its tracker counts in: the repository of a number, else the letters of a key."""
        return self.repository if self.is_number else self.key.rpartition("-")[0]

    def __str__(self) -> str:
        return f"{self.repository}{self.key}" if self.is_number else self.key


@dataclass(frozen=True, slots=True)
class Ticket:
    """One ticket of an export. `said` is its state in the tracker's words, `closed` the day on which it got there, in
    UTC, and `reason` why it was dropped."""

    reference: TicketReference
    state: ActionState
    said: str = ""
    closed: date | None = None
    reason: str = ""
    title: str = ""


def ticket_references(text: str) -> tuple[TicketReference, ...]:
    """The tickets that a text names, each once; none where it names none that is understood.

    Understood are URLs of issues, pull and merge requests and of Jira, `ORG/REPO#12`, `#12`, `GH-12` and `OPS-12`.
    """
    return tuple(dict.fromkeys(_references(text[:_LONGEST])))


def reference_of_url(url: str) -> TicketReference | None:
    """The ticket at an address; None where the address is no ticket's."""
    found = _ADDRESS.match(url)
    if found is None:
        return None
    host, path = found[1].casefold().rpartition("@")[2], unquote(found[2])
    if numbered := _NUMBERED.match(path):
        sign = "!" if numbered[2].casefold() == "merge_requests" else "#"
        # An API's address of an issue begins with `repos/`.
        repository = numbered[1].removeprefix("repos/").casefold()
        return TicketReference(f"{sign}{int(numbered[3])}", repository, host)
    key = _KEY_IN_ADDRESS.search(path)
    return TicketReference(key[1].upper(), host=host) if key else None


def _references(text: str) -> Iterator[TicketReference]:
    rest = text
    for pattern in (_LINK, _URL):
        for link in pattern.finditer(rest):
            if reference := reference_of_url(link[link.lastindex or 0]):
                yield reference
        # The words of a link to a ticket name the same one; those of another link may name one.
        rest = pattern.sub(lambda link: " " if reference_of_url(link[link.lastindex or 0]) else link[0], rest)
    for found in _WRITTEN.finditer(_URL.sub(" ", rest)):
        if found["number"]:
            yield TicketReference(f"{found['sign']}{int(found['number'])}", (found["repository"] or "").casefold())
        elif found["github"]:
            yield TicketReference(f"#{int(found['github'])}")
        else:
            yield TicketReference(found["key"])

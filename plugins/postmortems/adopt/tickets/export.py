"""A file that a tracker exported → its tickets, whichever tracker it was."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from postmortems.adopt.exports.json_file import LARGEST, foreign_kind, read_json, too_large
from postmortems.adopt.exports.json_object import JsonObject
from postmortems.adopt.tickets import github, gitlab, jira
from postmortems.model.action_item import ActionState
from postmortems.model.ticket import Ticket, reference_of_url
from postmortems.settings import Settings
from postmortems.text.spelling import count_words, listed

_PAGES = ("issues", "values", "items", "nodes")
"""Members that hold the issues of a page."""
_DELIMITERS = ",;\t"
_SHOWN = 8


class TicketExportError(Exception):
    """A file that holds no tickets which can be read; the text says why, in one line."""


@dataclass(frozen=True, slots=True)
class TicketExport:
    """The tickets of a file, and what it may lack, a sentence each."""

    source: str
    tickets: tuple[Ticket, ...]
    remarks: tuple[str, ...] = ()

    @property
    def repositories(self) -> int:
        """Number of repositories that its numbers belong to."""
        return len({ticket.reference.repository for ticket in self.tickets if ticket.reference.is_number})


def read_tickets(path: str, data: bytes, settings: Settings, repository: str = "") -> TicketExport:
    """All tickets of an export. `repository` is that of issues that do not say theirs. Raises TicketExportError."""
    if reason := foreign_kind(data) or (too_large(len(data)) if len(data) > LARGEST else ""):
        raise TicketExportError(reason)
    head = data[:400].lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")[:1]
    if head in (b"{", b"["):
        return _of_json(path, data, settings, repository)
    return _of_csv(data, settings)


def _of_json(path: str, data: bytes, settings: Settings, repository: str) -> TicketExport:
    file = read_json(path, data)
    if file.reason:
        raise TicketExportError(file.reason)
    outer = list(file.objects())
    entries = [entry for each in outer for entry in _entries(each)]
    pages = [each for each in outer if any(isinstance(each.at(name), list) for name in _PAGES)]
    for kind in (github, gitlab):
        if mine := [entry for entry in entries if kind.is_ticket(entry)]:
            if missing := sum(not entry.text("state") for entry in mine):
                raise TicketExportError(
                    f'{count_words(missing, "issue")} without "state": export with {github.COMMAND}'
                )
            found = [kind.ticket(entry, repository) for entry in mine]
            if None in found:
                raise TicketExportError(
                    "its issues have no URL, so that their repository is unknown: export it as well, "
                    "or name it with --repository"
                )
            tickets = [ticket for ticket in found if ticket]
            return _export(kind.NAME, tickets, kind.remarks(mine, tickets), len(entries) - len(mine))
    if mine := [entry for entry in entries if jira.is_ticket(entry)]:
        if missing := sum(not entry.object("fields").object("status") for entry in mine):
            raise TicketExportError(
                f'{count_words(missing, "issue")} without "status" among its fields: ask for it as well'
            )
        tickets = [jira.ticket(entry, settings) for entry in mine]
        return _export(jira.NAME, tickets, jira.remarks(pages, 0, tickets), len(entries) - len(mine))
    if not entries and (pages or not any(file.values)):
        return TicketExport("", (), ("it holds no issues",))
    known = listed(sorted({key for entry in entries for key in entry.members})[:_SHOWN])
    raise TicketExportError(f"no issue of GitHub, GitLab or Jira is in it; its objects have {known or 'no keys'}")


def _entries(outer: JsonObject) -> Iterator[JsonObject]:
    lists = [outer.objects(name) for name in _PAGES if isinstance(outer.at(name), list)]
    if lists:
        for entries in lists:
            yield from entries
    elif outer:
        yield outer


def _export(source: str, tickets: Sequence[Ticket], remarks: Iterable[str], others: int) -> TicketExport:
    more = [f"{count_words(others, 'entry', 'entries')} of it are no issues"] if others else []
    return TicketExport(source, tuple(tickets), (*remarks, *more))


def _of_csv(data: bytes, settings: Settings) -> TicketExport:
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        byte = f"0x{data[error.start]:02x}"
        raise TicketExportError(f"the file is not UTF-8 text: byte {byte} cannot be read; save it as UTF-8") from None
    if not text.strip():
        raise TicketExportError("the file is empty")
    limit = csv.field_size_limit(LARGEST)  # a description may be longer than what Python reads by default
    try:
        header, rows = _table(text)
    except csv.Error as error:
        raise TicketExportError(f"the file is neither JSON nor CSV: {error}") from None
    finally:
        csv.field_size_limit(limit)
    if {"issue key", "status"} <= set(header):
        tickets = [jira.ticket_of_row(row, settings) for row in rows if row["issue key"]]
        return _export(jira.NAME, tickets, jira.remarks((), len(rows), tickets), 0)
    if {"url", "state"} <= set(header) and "issue id" in header:
        return _of_gitlab(rows)
    shown = listed(f'"{name[:40]}"' for name in [*header][:_SHOWN] if name)
    raise TicketExportError(
        'no JSON, and no table with the columns "Issue key" and "Status" of Jira or "Issue ID", "URL" and "State" of '
        f"GitLab; its first line has {shown or 'none'}"
    )


def _table(text: str) -> tuple[list[str], list[dict[str, str]]]:
    """The names of the columns in small letters, and the rows by them; of columns with one name the first that is
    filled."""
    best: tuple[list[str], list[dict[str, str]]] = ([], [])
    for delimiter in _DELIMITERS:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        header = [name.strip().casefold() for name in next(reader, [])]
        if len(header) <= len(best[0]):
            continue
        rows = []
        for cells in reader if {"issue key", "issue id"} & set(header) else ():
            row: dict[str, str] = dict.fromkeys(header, "")
            for name, cell in zip(header, cells, strict=False):
                row[name] = row[name] or cell.strip()
            if any(row.values()):
                rows.append(row)
        best = header, rows
    return best


def _of_gitlab(rows: Sequence[Mapping[str, str]]) -> TicketExport:
    tickets = []
    for row in rows:
        closed = row.get("closed at (utc)", "").replace(" ", "T", 1)
        entry = JsonObject(
            {
                "iid": row["issue id"],
                "state": row["state"].casefold(),
                "web_url": row["url"],
                "closed_at": f"{closed}Z" if closed else None,
                "title": row.get("title", ""),
            }
        )
        if (ticket := gitlab.ticket(entry, "")) and reference_of_url(row["url"]):
            tickets.append(ticket)
    unread = len(rows) - len(tickets)
    remarks = [f"the URL of {count_words(unread, 'row')} is no issue's"] if unread else []
    unknown = sum(ticket.state is ActionState.DONE and not ticket.closed for ticket in tickets)
    return _export(gitlab.NAME, tickets, [*remarks, *(["the days of closing are missing"] if unknown else [])], 0)

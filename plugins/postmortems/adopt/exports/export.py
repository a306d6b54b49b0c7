"""An export of one or several files: its objects by their kind, the incident that each belongs to, and what is left."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from postmortems.adopt.exports.json_file import foreign_kind
from postmortems.adopt.exports.json_object import JsonObject
from postmortems.adopt.record import NoRecord
from postmortems.adopt.sources.given import Given
from postmortems.read.text import read_text

Sorted = Iterable[tuple[str, JsonObject]]
DOCUMENT = "document"
"""The kind of what has a postmortem in Markdown below the key `markdown`."""

_MARKDOWN = (".md", ".markdown")
_SHOWN_KEYS = 5
_WORD = re.compile(r"[A-Za-z0-9]+")
_MOST_WORDS = 8


@dataclass(frozen=True, slots=True)
class Item:
    """An object of an export, and the file that it is in."""

    path: str
    content: JsonObject


@dataclass
class Export:
    """The objects of an export by their kind; `left` are files that hold none, and parts whose incident is unknown."""

    kinds: dict[str, list[Item]] = field(default_factory=dict)
    left: list[NoRecord] = field(default_factory=list)

    def items(self, kind: str) -> list[Item]:
        """All objects of a kind."""
        return self.kinds.get(kind, [])

    def parts(
        self, kind: str, owners: Mapping[str, str], own: Callable[[JsonObject], Iterable[str]]
    ) -> dict[str, list[JsonObject]]:
        """The objects of a kind by the incident that they belong to.

        `owners` maps each id of an incident to the one that it is known by here; `own` gives the ids that an object
        names. One that names none belongs to the incident in its file's name, else to the only incident.
        """
        ids = {name.casefold(): owner for name, owner in owners.items() if name}
        only = next(iter(owners.values())) if len(set(owners.values())) == 1 else ""
        by_path: dict[str, str] = {}
        placed: dict[str, list[JsonObject]] = {}
        lost: dict[str, str] = {}
        for item in self.items(kind):
            named = [name for name in own(item.content) if name]
            owner = next((ids[name.casefold()] for name in named if name.casefold() in ids), "")
            if named and not owner:
                lost[item.path] = f"its incident, {named[0][:60]}, is not in the export"
                continue
            if item.path not in by_path:
                by_path[item.path] = _named_in(item.path, ids)
            if owner := owner or by_path[item.path] or only:
                placed.setdefault(owner, []).append(item.content)
            else:
                lost[item.path] = "it does not name its incident: put the incident's id in the file's name"
        self.left += [NoRecord(path, reason) for path, reason in lost.items()]
        return placed


def sort_export(given: Given, sort: Callable[[JsonObject], Sorted], what: str, *, documents: bool = False) -> Export:
    """Sort the objects of all files: `sort` gives those in one, each with its kind, and `what` says what is sought.

    Markdown files beside them are documents, where an export has such.
    """
    export = Export()
    read = set()
    for file in given.json_files:
        read.add(file.path)
        if file.reason:
            export.left.append(NoRecord(file.path, file.reason, is_unreadable=True))
            continue
        found = 0
        for outer in file.objects():
            for kind, content in sort(outer):
                export.kinds.setdefault(kind, []).append(Item(file.path, content))
                found += 1
        if not found:
            export.left.append(NoRecord(file.path, _nothing(what, next(file.objects(), JsonObject({})))))
    for path in sorted(given.files.keys() - read):
        if documents and path.casefold().endswith(_MARKDOWN):
            text, problem = read_text(path, given.files[path])
            if problem:
                export.left.append(NoRecord.unreadable(path, problem))
            else:
                export.kinds.setdefault(DOCUMENT, []).append(Item(path, JsonObject({"markdown": text.text})))
        elif reason := foreign_kind(given.files[path]):
            export.left.append(NoRecord(path, reason, is_unreadable=True))
    _note_missing_pages(given, export)
    return export


def holds(given: Given, sort: Callable[[JsonObject], Sorted], *kinds: str, documents: bool = False) -> bool:
    """True if a file of what was given holds an object of one of the kinds, whichever it be.

    Among more Markdown files than JSON such a file is something that came along, unless the export has `documents`.
    """
    markdown = sum(path.casefold().endswith(_MARKDOWN) for path in given.files)
    if not documents and markdown > len(given.json_files):
        return False
    return any(
        kind in kinds or not kinds for file in given.json_files for outer in file.objects() for kind, _ in sort(outer)
    )


def once(items: Iterable[Item], key: Callable[[JsonObject], str]) -> Iterator[tuple[Item, str]]:
    """Each object once by its key, with a problem where an export has two that differ: the last one counts."""
    last: dict[str, Item] = {}
    differing: dict[str, str] = {}
    for index, item in enumerate(items):
        name = key(item.content) or f"#{index}"
        before = last.get(name)
        if before and before.content.members != item.content.members:
            differing[name] = (
                f"it is in the export twice, with different contents; the later one, in {item.path}, counts"
            )
        last[name] = item
    for name, item in last.items():
        yield item, differing.get(name, "")


def _nothing(what: str, outer: JsonObject) -> str:
    keys = ", ".join(str(key)[:40] for key in list(outer.members)[:_SHOWN_KEYS])
    return f"no {what} in it; its keys are {keys}" if keys else f"no {what} in it"


def _named_in(path: str, ids: Mapping[str, str]) -> str:
    """The incident whose id is in a path, the longest id first; empty if that is none or several."""
    words = [(found.start(), found.end()) for found in _WORD.finditer(path)]
    found = {
        path[start : words[last][1]].casefold()
        for first, (start, _) in enumerate(words)
        for last in range(first, min(len(words), first + _MOST_WORDS))
    } & ids.keys()
    longest = max(map(len, found), default=0)
    owners = {ids[name] for name in found if len(name) == longest}
    return owners.pop() if len(owners) == 1 else ""


def _note_missing_pages(given: Given, export: Export) -> None:
    """Say of an export's last page that it is not the last."""
    pages = [(file.path, page) for file in given.json_files for page in file.objects()]
    for path, page in pages:
        if _goes_on(page) and sum(other.members.keys() == page.members.keys() for _, other in pages) == 1:
            export.left.append(NoRecord(path, "the export has more pages: fetch them as well"))


def _goes_on(page: JsonObject) -> bool:
    """True if a page of a list says that another follows."""
    return bool(
        page.at("more") is True
        or page.at("has_more") is True
        or page.at("isLast") is False
        or page.text("nextPageToken")
        or page.text("pagination_meta", "after")
        or page.text("paging", "next")
        or page.text("pagination", "next")
        or (page.has("data") and page.text("links", "next"))
    )

"""Action items of an export within a document: those in it get what the export knows, the others follow."""

from __future__ import annotations

import re
from collections.abc import Sequence

from postmortems.adopt.exports.incident import ExportAction
from postmortems.adopt.exports.written_lists import action_line
from postmortems.adopt.record import ActionCount
from postmortems.model.source import Source
from postmortems.read.body import read_body
from postmortems.settings import Settings

_ITEM = re.compile(r"\s{0,3}[-*+]\s")


def with_actions(
    text: str, actions: Sequence[ExportAction], settings: Settings
) -> tuple[str, list[tuple[ExportAction, bool]]]:
    """The document with its action items: those in it get what the export knows, the others follow."""
    body = read_body(Source("", text), settings.synonyms)
    section = body.find("Action Items")
    lines = text.rstrip().split("\n")
    if section is None:
        made = [*lines, "", "## Action Items", "", *map(action_line, actions)] if actions else lines
        return "\n".join(made), [(action, False) for action in actions]
    items = {
        plain_words(lines[number - 1]): number - 1
        for number in range(section.line + 1, section.last + 1)
        if _ITEM.match(lines[number - 1] if number <= len(lines) else "")
    }
    placed: list[tuple[ExportAction, bool]] = []
    rest: list[ExportAction] = []
    for action in actions:
        said = plain_words(action.text)
        number = next((at for words, at in items.items() if said and f" {said} " in f" {words} "), None)
        placed.append((action, number is not None))
        if number is None:
            rest.append(action)
        else:
            lines[number] = action_line(action)
    if rest:
        last = min(section.last, len(lines))
        while not lines[last - 1].strip():
            last -= 1
        gap = [] if _ITEM.match(lines[last - 1]) else [""]
        lines[last:last] = [*gap, *map(action_line, rest)]
    return "\n".join(lines), placed


def plain_words(text: str) -> str:
    """A text as its words, to find it in another."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def added_count(found: ActionCount, placed: Sequence[tuple[ExportAction, bool]]) -> ActionCount:
    new = ActionCount.of([action for action, was_there in placed if not was_there])
    known = ActionCount.of([action for action, was_there in placed if was_there])
    return ActionCount(
        found.count + new.count,
        max(found.done, known.done) + new.done,
        max(found.owned, known.owned) + new.owned,
        max(found.ticketed, known.ticketed) + new.ticketed,
    )

"""Sample texts of the postmortem template, to be recognised if an author left them.

The template is read as plain lines: its bracketed texts, the rows of its tables and its action items. Guidance in
comments, code, links and checkboxes are no placeholders.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from postmortems.model.corpus import Corpus
from postmortems.model.postmortem import Postmortem
from postmortems.text.inline import without_comments

_PLACEHOLDER = re.compile(r"(?<![!\]\\])\[(?![ xX]?\])([^\[\]\n^][^\[\]\n]{0,300})\](?![(\[])")
_DEFINITION = re.compile(r"\s{0,3}\[([^\[\]\n]{1,300})\]:")
_FENCED = re.compile(r"^(`{3,9}|~{3,9}).*?^\1", re.DOTALL | re.MULTILINE)
_ITEM = re.compile(r"\s{0,12}[-*+]\s{1,4}\[[ xX]\]\s{1,4}(?:\[[^\[\]\n]{0,300}\]\s{0,4})?(.*)")
_NOTE = re.compile(r"\((?:due|kind|ticket|done|state|wont-do)\s{0,3}:[^()\n]{0,300}\)\s{0,9}$")
_FLOW_LIST = re.compile(r"[\w-]{1,40}:\s{0,9}\[")
_DELIMITER = re.compile(r"\s*\|?[\s:|-]*-[\s:|-]*\|?\s*")


@dataclass(frozen=True, slots=True)
class TemplateText:
    """The samples of a template: bracketed texts with their brackets, rows as tuples of cells, action items' texts."""

    placeholders: frozenset[str]
    rows: frozenset[tuple[str, ...]]
    items: frozenset[str]

    def has_line(self, line: str) -> bool:
        """True if the line, as a whole, is a sample: a row of a table, or an action item whoever owns it."""
        if "|" in line and table_row(line) in self.rows:
            return True
        return "[" in line and item_text(line) in self.items

    def is_item(self, text: str) -> bool:
        """True if the text of an action item is a sample's."""
        return text in self.items or text in self.placeholders


@lru_cache(maxsize=8)
def template_text(templates: tuple[str, ...]) -> TemplateText:
    """The samples of all these templates together."""
    placeholders: set[str] = set()
    rows: set[tuple[str, ...]] = set()
    items: set[str] = set()
    for template in templates:
        lines = _FENCED.sub("", without_comments(template)).split("\n")
        placeholders.update(_placeholders(lines))
        rows.update(_rows(lines))
        items.update(text for line in lines if (text := item_text(line)))
    return TemplateText(frozenset(placeholders), frozenset(rows), frozenset(items))


def with_samples_marked(postmortem: Postmortem, samples: TemplateText) -> Postmortem:
    """A postmortem in which those of its action items are marked that are samples."""
    actions = postmortem.actions
    if not any(samples.is_item(item.text) for item in actions.items):
        return postmortem
    marked = tuple(replace(item, is_sample=samples.is_item(item.text)) for item in actions.items)
    return replace(postmortem, actions=replace(actions, items=marked))


def is_left_over(value: str, corpus: Corpus) -> bool:
    """True if a value of the front matter is a placeholder of the template, and no name of anything."""
    return value.startswith("[") and value in template_text(corpus.template_texts).placeholders


def placeholders(line: str) -> Iterator[re.Match[str]]:
    """The bracketed texts of a line, save checkboxes, links, images, footnotes and definitions of links."""
    begin = definition.end() if (definition := _DEFINITION.match(line)) else 0
    return _PLACEHOLDER.finditer(line, begin)


def defined_links(lines: Iterable[str]) -> frozenset[str]:
    """The names that definitions such as `[name]: https://…` make links of, in lower case."""
    return frozenset(found.group(1).casefold() for line in lines if (found := _DEFINITION.match(line)))


def item_text(line: str) -> str:
    """Task of an action item's line, without its box, owner and last parenthesis; empty for other lines."""
    found = _ITEM.match(line)
    return _NOTE.sub("", found.group(1)).strip() if found else ""


def table_row(line: str) -> tuple[str, ...]:
    """The cells of a table's row as they are compared: without blanks, and without empty cells at the end."""
    cells = [cell.strip() for cell in line.strip().removeprefix("|").split("|")]
    while cells and not cells[-1]:
        cells.pop()
    return tuple(cells)


def _placeholders(lines: list[str]) -> Iterator[str]:
    in_front_matter = bool(lines) and lines[0].strip() == "---"
    for number, line in enumerate(lines):
        if in_front_matter and number and line.strip() in ("---", "..."):
            in_front_matter = False
        if in_front_matter and line.lstrip().startswith("#"):
            continue
        for found in placeholders(line):
            # In front matter a bracket that opens the value makes a list of it; only the quoted ones are text.
            if in_front_matter and _FLOW_LIST.fullmatch(line[: found.start() + 1].strip()):
                continue
            yield found.group()


def _rows(lines: list[str]) -> Iterator[tuple[str, ...]]:
    in_table = False
    for line in lines:
        if not line.lstrip().startswith("|"):
            in_table = False
        elif _DELIMITER.fullmatch(line):
            in_table = True
        elif in_table:
            cells = table_row(line)
            if sum(map(bool, cells)) > 1:
                yield cells

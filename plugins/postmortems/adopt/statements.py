"""Labelled values of a document, and the shapes in which authors state them: lines, bullets, tables and sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from postmortems.model.front_matter import MOMENTS
from postmortems.model.section import Block, BlockKind, Row, Section
from postmortems.read.languages import plain_word, words
from postmortems.read.timeline.time_parser import read_stamp
from postmortems.text.inline import without_escapes

_LABEL = re.compile(
    r"\s{0,8}(?P<mark>\*\*|__|)(?:[^\w\s*|:#<>()\[\]{}`-]{1,3}\s)?(?P<key>[^\W_][^:：*|\n]{0,60}?)\s?(?:[:：]\s?(?P=mark)|(?P=mark)\s?[:：])"
)
_BOLD_ALONE = re.compile(r"\s{0,8}(?:\*\*|__)(?P<key>[^\W_][^:：*|\n]{0,60}?)(?:\*\*|__)(?=\s|$)")
_ALL_BOLD = re.compile(r"\s{0,8}(?:\*\*|__)(?P<words>[^*\n]{3,200})(?:\*\*|__)\s*")
_MARKUP = re.compile(r"[*`]|(?<!\w)_+|_+(?!\w)")
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\([^()\s]{0,1000}\)")
_DIVIDED = re.compile(
    r"(\s{0,4}<br\s{0,2}/?>\s{0,4}|\s{1,4}[|·•¦]\s{1,4}|[,;]\s{1,4}|\s{1,4}(?=(?:\*\*|__)\S))", re.IGNORECASE
)
_NOT_OWN = re.compile(
    r"^\s{0,8}(?:commit [0-9a-f]{7,40}\b|Date:\s{1,4}\w{3} \w{3} {1,2}\d{1,2} \d\d:\d\d:\d\d"
    r"|(?:From|To): .{0,80}@|Subject: )|^(?:import\s.{1,200}\sfrom\s|export\s(?:const|default)\b)",
    re.MULTILINE,
)
"""A line of a commit, of a mail, or of the code of an MDX file."""
_BRACKET = re.compile(r"\s{0,3}[(（\[]([^()（）\[\]]{1,60})[)）\]]")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_MOST_COLUMNS = 12
_LONGEST_LABEL = 80
_LONGEST_ROLE = 6
"""Maximum words of a label without a colon before a time."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A labelled value of a document: the role of its label, its words, and its line."""

    role: str
    value: str
    line: int
    label: str = ""
    is_key: bool = False
    """True for a key of the front matter, or of the object that an MDX file exports in its place."""

    @property
    def origin(self) -> str:
        """Place of the value, for a reader of the plan."""
        return f"line {self.line}"


def of_section(role: str, section: Section) -> Iterator[Statement]:
    """A section whose heading is a label: its first paragraph, or the items of its list."""
    labels = [label_of(block.text) for block in section.blocks if block.kind is BlockKind.LIST_ITEM]
    if any(label and role_of(label[0]) for label in labels):
        # "Affected components" above "Services: …", "Features: …" lists labelled values, of which each is read as such.
        return
    for block in section.blocks:
        if block.kind is BlockKind.LIST_ITEM:
            yield Statement(role, plain(block.text), block.first, section.title)
        elif block.kind is BlockKind.PARAGRAPH:
            yield Statement(role, plain(block.text), block.first, section.title)
            return
        else:
            return


def of_blocks(blocks: Sequence[Block], *, quotes: bool = False) -> Iterator[Statement]:
    """The statements of paragraphs, lists and tables; those of a quoted commit or mail are not its own."""
    kinds = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, *([BlockKind.QUOTE] if quotes else []))
    for block in blocks:
        if block.kind is BlockKind.TABLE:
            yield from _of_table(block)
        elif block.kind in kinds and not _NOT_OWN.search(block.text):
            for line, text in enumerate(block.text.split("\n"), block.first):
                for part in _parts(text):
                    if statement := _of_part(part, line):
                        yield statement


def _parts(line: str) -> Iterator[str]:
    """The labelled values of a line: `**Date:** 2024-02-06 | **Severity:** SEV2`.

    What follows a sign that divides is a part of its own only if it begins with a label.
    """
    whole = ""
    for piece in _DIVIDED.split(line):
        if piece and whole and _begins_part(piece):
            yield whole
            whole = ""
        whole += piece or ""
    yield whole


def _begins_part(piece: str) -> bool:
    label = _LABEL.match(piece)
    return label is not None and (bool(label["mark"]) or bool(role_of(plain(label["key"]))))


def _of_part(text: str, line: int) -> Statement | None:
    text = text.strip().rstrip("|·•; ")
    if whole := _ALL_BOLD.fullmatch(text):
        text = whole["words"]
    label = label_of(text)
    if label and (role := role_of(label[0])):
        return Statement(role, _with_zone(plain(label[1]), label[0], role), line, label[0])
    # The colon may be that of a time.
    return _before_time(plain(text), line)


def _with_zone(value: str, label: str, role: str) -> str:
    """The value with the zone that its label names in brackets: `Start (JST): 2024-02-06 14:02`."""
    zone = _BRACKET.search(label)
    if not zone or role not in MOMENTS or not (stamp := read_stamp(value, cell=True)) or stamp.zone:
        return value
    with_zone = f"{value[: stamp.end].rstrip()} {zone[1]}"
    read = read_stamp(with_zone, cell=True)
    return with_zone if read and (read.zone or read.unknown_zone) else value


def _before_time(text: str, line: int) -> Statement | None:
    """A label without a colon, before a time: "Incident declared 2022-11-15 16:05"."""
    parts = text[:200].split(" ")
    for number in range(min(_LONGEST_ROLE, len(parts) - 1), 0, -1):
        role = role_of(" ".join(parts[:number]))
        if role:
            stamp = read_stamp(" ".join(parts[number:]))
            return Statement(role, " ".join(parts[number:]), line, " ".join(parts[:number])) if stamp else None
    return None


def _of_table(block: Block) -> Iterator[Statement]:
    """The rows of a table of labels and values, or the columns of one with a single row below its labels."""
    rows = block.rows
    if rows and (len(rows[0].cells) == 2 or _holds_pairs(rows)):
        for row in rows:
            cells = [plain(cell) for cell in row.cells[:_MOST_COLUMNS]]
            for key, value in zip(cells[::2], cells[1::2], strict=False):
                if value and (role := role_of(key.rstrip(" :"))):
                    yield Statement(role, _with_zone(value, key, role), row.line, key)
    elif len(rows) == 2:
        for key, value in zip(rows[0].cells[:_MOST_COLUMNS], rows[1].cells, strict=False):
            if value.strip() and (role := role_of(plain(key))):
                yield Statement(role, plain(value), rows[1].line, plain(key))


def _holds_pairs(rows: Sequence[Row]) -> bool:
    """True if every second column holds labels: `| Date | 2024-02-06 | Severity | SEV2 |`."""
    if len(rows[0].cells) % 2:
        return False
    cells = [cell for row in rows for cell in row.cells[:_MOST_COLUMNS:2]]
    values = [cell for row in rows for cell in row.cells[1:_MOST_COLUMNS:2]]
    return sum(bool(role_of(plain(cell))) for cell in cells) > 1 and not any(role_of(plain(cell)) for cell in values)


def label_of(text: str) -> tuple[str, str, bool] | None:
    """The label at the head of a line, the text behind it, and whether it is bold."""
    found = _LABEL.match(text) or _BOLD_ALONE.match(text)
    if not found:
        return None
    return plain(found["key"]), text[found.end() :].strip(), text.lstrip()[:2] in ("**", "__")


def plain(text: str) -> str:
    """The words of inline Markdown, on one line."""
    return " ".join(without_escapes(_MARKUP.sub("", _LINK.sub(r"\1", text[:5_000]))).split())


def role_of(label: str) -> str:
    """Role of a label, as the word lists of metadata have it; empty if the label is not known."""
    if len(label) >= _LONGEST_LABEL:
        return ""
    known = words("metadata")
    return known.get(plain_word(label), "") or known.get(plain_word(_BRACKET.sub(" ", label)), "")


def role_of_key(key: str) -> str:
    """Role of a key of the front matter: as for labels, `resolvedWhen` and `resolved_when` alike."""
    spaced = _CAMEL.sub(" ", key)
    return role_of(spaced) or words("metadata_keys").get(plain_word(spaced), "")

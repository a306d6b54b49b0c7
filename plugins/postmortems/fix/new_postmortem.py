"""A new postmortem as text: the repository's template, its front matter filled with what is known so far.

The template's own words stay: its order, its comments, its keys of other programs, its whole body. Only the lines of
keys that speak of one incident are replaced, so that no sample of the template passes for a fact of this incident.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

import yaml
from pydantic import ValidationError

from postmortems.model.front_matter import (
    KEYS,
    MOMENTS,
    TO_BE_FOUND_OUT,
    UNKNOWN,
    DetectedBy,
    FrontMatter,
    IncidentKind,
    Occurrence,
    Status,
)
from postmortems.model.source import Source
from postmortems.read.front_matter import ReadFrontMatter, split_front_matter
from postmortems.read.yaml_nodes import YamlDocument

Value = str | list[str | dict[str, str]]

_FACTS = (
    "authors",
    "date",
    "detected_by",
    "trigger",
    "repeat_of",
    "not_repeat_of",
    "published_on",
    "sources",
)
"""Optional keys that are true of one incident only. The others (owner, kind, …) may be a team's default."""

_PLACEHOLDER = re.compile(r"\[[^\[\]\n]{1,200}\]")
_SCALE = re.compile(r"(?<=^# )SEV1( \([^()\n]{1,30}\)[^\n]{1,10}?)SEV4\b", re.MULTILINE)
"""The scale in the comment of the templates that come with the package: `SEV1 (worst) to SEV4`, in any language."""
_REMARK = re.compile(r"[ \t]+#")


@dataclass(frozen=True, slots=True)
class NewPostmortemValues:
    """Values that are known when a postmortem is begun.

    Moments are ISO 8601 with a zone, in the author's own zone, or `unknown`; None is still to be found out. `date` is
    the day of a near miss, in ISO 8601, where its start is not known. `scale` are the severities, worst first.
    """

    title: str
    severity: str
    kind: IncidentKind | None = None
    services: tuple[str, ...] = ()
    patterns: tuple[Occurrence, ...] = ()
    owner: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    started_at: str | None = None
    detected_at: str | None = None
    mitigated_at: str | None = None
    resolved_at: str | None = None
    detected_by: DetectedBy | None = None
    scale: tuple[str, ...] = ()


def new_postmortem(template: str, beginning: NewPostmortemValues) -> str:
    """The text of the new file, with `\\n` as line end.

    A front matter that cannot be filled line by line (invalid, absent, in one pair of braces) is made anew.
    """
    text = template.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = _SCALE.sub(lambda found: _scale_words(beginning.scale, found[1]), text, count=1) if beginning.scale else text
    values = _values(beginning)
    read = split_front_matter(Source("", text))
    if read.found and not read.problems:
        filled = _filled(text, read, values)
        if _says(filled, values):
            return filled
    lines = [_line(key, value) for key, value in values.items()]
    body = read.body.text.lstrip("\n")
    return "\n".join(["---", *lines, "---", "", body])


def _scale_words(scale: tuple[str, ...], between: str) -> str:
    first, last = one_line(scale[0]), one_line(scale[-1])
    return first if len(scale) == 1 else f"{first}{between}{last}"


def one_line(text: str) -> str:
    """`text` with every run of blanks and line ends as one blank; what is no character at all becomes `?`."""
    return " ".join(text.encode("utf-8", "replace").decode("utf-8").split())


def _values(beginning: NewPostmortemValues) -> dict[str, Value]:
    """The keys that the new file must have, in the order in which authors write them."""
    patterns: list[str | dict[str, str]] = [
        {"pattern": occurrence.pattern, "role": occurrence.role.value} if occurrence.role else occurrence.pattern
        for occurrence in beginning.patterns
    ]
    values: dict[str, Value] = {
        "title": one_line(beginning.title),
        "status": Status.DRAFT.value,
        "severity": beginning.severity,
        "services": [one_line(service) for service in beginning.services],
        "root_cause": TO_BE_FOUND_OUT,
        "patterns": patterns,
    }
    moments = {name: getattr(beginning, name) for name in MOMENTS}
    if beginning.kind is IncidentKind.NEAR_MISS:
        values |= {name: moment for name, moment in moments.items() if moment}
        if moments["started_at"] in (None, UNKNOWN):
            values["date"] = beginning.date or TO_BE_FOUND_OUT
    else:
        values |= {name: moment or TO_BE_FOUND_OUT for name, moment in moments.items()}
    if beginning.kind:
        values["kind"] = beginning.kind.value
    if beginning.owner:
        values["owner"] = one_line(beginning.owner)
    if beginning.authors:
        values["authors"] = [one_line(author) for author in beginning.authors]
    if beginning.detected_by:
        values["detected_by"] = beginning.detected_by.value
    return {key: values[key] for key in KEYS if key in values}


def _line(key: str, value: Value) -> str:
    is_bare = key in (*MOMENTS, "date") and value != TO_BE_FOUND_OUT
    return f"{key}: {value if is_bare else _yaml(value)}"


def _yaml(value: Value) -> str:
    """A value on one line, quoted only where YAML would read something else."""
    made: str = yaml.safe_dump(value, default_flow_style=True, sort_keys=False, allow_unicode=True, width=sys.maxsize)
    # A bare scalar is a document of its own to the dumper, which closes it.
    return made.removesuffix("\n").removesuffix("\n...")


def _filled(text: str, read: ReadFrontMatter, values: dict[str, Value]) -> str:
    lines = text.split("\n")
    closing = read.body.first - 2
    front, document = lines[1:closing], read.document
    keys = [path[0] for path in document.keys if len(path) == 1]
    indent = " " * (document.keys[(keys[0],)].column - 1) if keys else ""
    # From the last to the first, so that the places of those above still hold.
    for key in map(str, reversed(keys)):
        if key in values:
            written = indent + _line(key, values[key])
        elif key in KEYS and _is_sample(key, read.values[key]):
            written = f"{indent}# {key}:"
        else:
            continue
        first, last, remark = _stretch(document, key, front)
        front[first : last + 1] = [written + remark]
    added = [indent + _line(key, value) for key, value in values.items() if key not in keys]
    return "\n".join([lines[0], *front, *added, lines[closing], read.body.text])


def _is_sample(key: str, value: object) -> bool:
    """True if an optional key of the template holds only a sample."""
    if value == []:
        return False
    if key in _FACTS or value is None or _has_placeholder(value):
        return True
    try:
        FrontMatter.model_validate({key: value})
    except ValidationError:
        return True
    return False


def _has_placeholder(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_has_placeholder, value.values()))
    if isinstance(value, list):
        return any(map(_has_placeholder, value))
    return isinstance(value, str) and _PLACEHOLDER.search(value) is not None


def _stretch(document: YamlDocument, key: str, front: list[str]) -> tuple[int, int, str]:
    """The first and the last line of a key and its value in `front`, and the remark that is behind it."""
    name, value = document.keys[(key,)], document.places[(key,)]
    first, last = name.line - 2, value.end_line - 2
    if last > first and value.end_column <= name.column:
        # A block ends for YAML where the next key begins: the comments between belong to that one.
        last -= 1
        is_scalar = (key,) in document.spelling
        while last > first and _is_remark(front[last] if is_scalar else front[last].lstrip()):
            last -= 1
        behind = front[first][name.end_column :]
    else:
        behind = front[last][value.end_column - 1 :]
    return first, last, behind if _REMARK.match(behind) else ""


def _is_remark(line: str) -> bool:
    return not line.strip() or line.startswith("#")


def _says(text: str, values: dict[str, Value]) -> bool:
    """True if the front matter of `text` can be read and has exactly these values."""
    read = split_front_matter(Source("", text))
    return not read.problems and all(read.values.get(key) == value for key, value in values.items())

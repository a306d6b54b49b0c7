"""`postmortems/register.yml` → the incident register, each entry with its lines.

    - id: INC-412
      severity: SEV2
      resolved_at: 2024-02-06T16:00:00Z
      title: API outage
      postmortem: 2024/01-database-connection-pool

In place of `postmortem` an entry may have `waived: <reason>`; with neither of them there is none yet.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import ErrorDetails

from postmortems.model.diagnostic import Problem
from postmortems.model.front_matter import Moment, Text
from postmortems.model.place import Place
from postmortems.model.postmortem import KeyPath
from postmortems.model.register import Register, RegisterEntry
from postmortems.model.source import Source
from postmortems.read.cut_values import cut_value_problems
from postmortems.read.declared import Declaration, wrong_value
from postmortems.read.text import LARGEST, read_text
from postmortems.read.yaml_nodes import Bounds, YamlDocument, read_yaml

SHORTEN = "remove years that no figure uses any more"
"""Advice for a register that is longer than is read: some 15,000 incidents."""

_BOUNDS = Bounds(LARGEST, 200_000)
_EXAMPLE = "- id: INC-412"


class WrittenEntry(BaseModel):
    """Entry of the register as people write it, about one incident."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Text | None = Field(None, description="The incident's own id, as the pager or the tracker calls it")
    severity: Text | None = Field(None, description="One of the configured scale, such as SEV2")
    resolved_at: Moment = Field(None, description="When the fault was gone")
    title: Text = Field("", description="What happened, in one line")
    postmortem: Text | None = Field(None, description="The id of its postmortem, such as 2024/01-slow-queries")
    waived: Text | None = Field(None, description="Why there will be no postmortem")


ENTRY_KEYS = tuple(WrittenEntry.model_fields)
_REQUIRED = ("id", "severity", "resolved_at")
_ADVICE = {
    "id": f"write the incident's own id, such as {_EXAMPLE[2:]}",
    "severity": "write one of the severity scale",
    "resolved_at": "write day, time and zone, such as 2026-11-20T14:23:00Z, or unknown",
    "postmortem": "write the postmortem's folder in postmortems/, or remove the line while there is none",
    "waived": "write the reason in one line, such as waived: no user was affected",
}
_FREE_TEXT = ("id", "title", "waived")
_NOT_QUOTABLE = ("resolved_at", "postmortem", "waived")


def _empty(key: str, place: Place) -> Problem:
    rule = "missing-field" if key in _REQUIRED else "invalid-value"
    return Problem(rule, place, f'"{key}" has no value', _ADVICE.get(key, "write one, or remove the line"))


def _wrong(error: ErrorDetails, document: YamlDocument, location: KeyPath) -> Problem:
    key = str(location[1])
    advice = _ADVICE.get(key, "write one line of text")
    return wrong_value(error, document, (location[0], key), key, advice, quotable=key not in _NOT_QUOTABLE)


_DECLARATION = Declaration(WrittenEntry, ENTRY_KEYS, "an entry of the register", _empty, _wrong)


def read_register(path: str, data: bytes) -> tuple[Register, list[Problem]]:
    """The entries of the register at `path`, and a problem for everything in it that could not be read."""
    source, unreadable = read_text(path, data)
    if unreadable:
        return Register(), [unreadable]
    document = read_yaml(source, called="the register", bounds=_BOUNDS)
    reader = _Reader(source, document)
    if not document.problems or document.data is not None:
        reader.read()
    return Register(tuple(reader.entries.values())), reader.problems


class _Reader:
    """One walk over the entries of a register. `entries` are by id."""

    def __init__(self, source: Source, document: YamlDocument) -> None:
        self.source, self.document = source, document
        self.problems: list[Problem] = list(document.problems)
        self.entries: dict[str, RegisterEntry] = {}

    def read(self) -> None:
        """Read the list of entries; of one that was cut off half-way nobody can say what it lacks."""
        data, whole = self.document.data, self.document.whole
        if data is None:
            message = "the register is empty"
            self._say("invalid-yaml", self.source.place(1), message, "write [] while no incident qualifies")
        elif not isinstance(data, list):
            message = "the register is not a list of incidents"
            self._say("invalid-yaml", self._begin(()), message, f'start each incident with "{_EXAMPLE}"')
        elif whole:
            self.problems += cut_value_problems(self.document, self.source, lambda keys: keys[-1] in _FREE_TEXT)
            for index, value in enumerate(data):
                self._entry(index, value)

    def _entry(self, index: int, value: object) -> None:
        if not isinstance(value, dict):
            message = "an entry of the register has no keys"
            advice = f'start it with "{_EXAMPLE}", and write its other keys under it'
            self._say("invalid-value", self._begin((index,)), message, advice)
            return
        written = dict(value)
        if not isinstance(written.get("id"), str | None):
            # Many trackers count their incidents: 412 is an id as it is, and 0412 another.
            written["id"] = self.document.spelling.get((index, "id"), written["id"])
        fields, _, problems = _DECLARATION.read(written, self.document, (index,))
        self.problems += problems
        self._complete(index, value, fields)
        if fields.id is not None:
            self._add(index, fields, fields.id)

    def _complete(self, index: int, value: dict[str, object], fields: WrittenEntry) -> None:
        """Report the keys that an entry lacks, and two that exclude each other."""
        called = f'"{fields.id}"' if fields.id else "an entry of the register"
        for key in _REQUIRED:
            if key not in value:
                self._say("missing-field", self._begin((index,)), f'{called} has no "{key}"', _ADVICE[key])
        if fields.postmortem and fields.waived:
            place = self.document.keys[(index, "waived")]
            self._say("invalid-value", place, f"{called} has a postmortem and is waived", "keep one of the two")

    def _add(self, index: int, fields: WrittenEntry, name: str) -> None:
        places = {key: place for key in ENTRY_KEYS if (place := self.document.places.get((index, key)))}
        if first := self.entries.get(name):
            message = f'incident "{name[:80]}" is listed twice; the first is on line {first.place.line}'
            self._say("duplicate-key", places["id"], message, "keep one of the two")
            return
        self.entries[name] = RegisterEntry(
            id=name,
            place=places["id"],
            severity=fields.severity,
            resolved_at=fields.resolved_at,
            title=fields.title,
            postmortem=fields.postmortem,
            waived=None if fields.postmortem else fields.waived,
            places=places,
        )

    def _begin(self, location: tuple[int, ...]) -> Place:
        """The beginning of a value: an entry spans several lines, and its first one is enough to find it."""
        place = self.document.places.get(location, self.source.place(1))
        return self.source.place(place.line, place.column)

    def _say(self, rule: str, place: Place, message: str, advice: str) -> None:
        self.problems.append(Problem(rule, place, message, advice))

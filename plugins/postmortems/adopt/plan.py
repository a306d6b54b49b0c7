"""Plan of an import: its records with their ids, what it leaves out, and what a team decides once for all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import count
from types import MappingProxyType
from typing import Any

from postmortems.adopt.record import Certainty, Found, NoRecord, Record, RegisterRow, Value
from postmortems.model.section import TEMPLATE_SECTIONS
from postmortems.text.slug import plain_slug, slug

VERSION = 1
_LONGEST_NAME = 60
_MOST = 0.9
"""The share of the records that must have a section for it to be asked of all: each that lacks it is then an error."""
_FEWEST = 3
"""Minimum number of records whose sections say what a team's documents have."""


@dataclass(frozen=True, slots=True)
class Proposals:
    """Proposals that settle many records at once.

    `severities` maps each severity word of the records that is not on the scale to the one that it would become, or to
    an empty text where nothing is proposed; `services` and `root_causes` count the names. `sections` are the canonical
    sections that most records have, `synonyms` the headings that several records have and that mean no section yet.
    `languages` are those of the documents that the settings do not name, each with the number of its documents.
    """

    severities: Mapping[str, str] = field(default_factory=dict)
    services: Mapping[str, int] = field(default_factory=dict)
    root_causes: Mapping[str, int] = field(default_factory=dict)
    sections: tuple[str, ...] = ()
    synonyms: Mapping[str, int] = field(default_factory=dict)
    languages: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """All records of an import, those earlier first, all files that are none, and what is for the register alone.

    The records of `there` are postmortems already.
    """

    records: tuple[Record, ...]
    left_out: tuple[NoRecord, ...] = ()
    proposals: Proposals = Proposals()
    register: tuple[RegisterRow, ...] = ()
    there: tuple[Record, ...] = ()

    @property
    def unreadable(self) -> tuple[NoRecord, ...]:
        """The files that cannot be read: nobody knows whether they are records."""
        return tuple(file for file in self.left_out if file.is_unreadable)


def make_plan(found: Iterable[Found], taken: Mapping[str, str] = MappingProxyType({})) -> Plan:
    """The plan for what a source found; `taken` are the ids of postmortems that are there already, each with its origin
    where an import wrote it."""
    found = _once(found)
    ids = {origin: name for name, origin in taken.items() if origin}
    there = [replace(item, id=ids[item.origin]) for item in found if isinstance(item, Record) and item.origin in ids]
    new = [item for item in found if isinstance(item, Record) and item.origin not in ids]
    records = numbered(new, taken)
    left_out = tuple(sorted((item for item in found if isinstance(item, NoRecord)), key=lambda item: item.source))
    rows = tuple(item for item in found if isinstance(item, RegisterRow))
    return Plan(records, left_out, _proposals(records), rows, tuple(sorted(there, key=lambda record: record.id)))


def _once(found: Iterable[Found]) -> list[Found]:
    """The findings of a source, each record of the same origin only once."""
    first: dict[str, str] = {}
    return [
        NoRecord(item.source, f"the same incident as in {first[item.origin]}")
        if isinstance(item, Record) and item.origin and first.setdefault(item.origin, item.source) != item.source
        else item
        for item in found
    ]


def numbered(records: Iterable[Record], taken: Collection[str] = ()) -> tuple[Record, ...]:
    """The records in order, each with an id that no other has: its year, its number in the year, and its title.

    Numbers follow those that are taken. A record whose day is unknown has neither year nor number.
    """
    last: Counter[str] = Counter()
    for taken_id in taken:
        year, _, name = taken_id.partition("/")
        number = name.partition("-")[0]
        if number.isdecimal() and len(number) < 6:
            last[year] = max(last[year], int(number))
    used = {taken_id.casefold() for taken_id in taken}
    made: list[Record] = []
    for record in sorted(
        records, key=lambda record: (_day(record) or "9999", record.text("started_at"), record.source)
    ):
        name, year = _name(record), _day(record)[:4]
        if year:
            last[year] += 1
            name = f"{year}/{last[year]:02d}-{name}"
        made.append(replace(record, id=_free(name, used)))
        used.add(made[-1].id.casefold())
    return tuple(made)


def _day(record: Record) -> str:
    return (record.text("started_at") or record.text("date"))[:10]


def _name(record: Record) -> str:
    name = plain_slug(record.text("title")) or plain_slug(record.source) or "postmortem"
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME + 1].rpartition("-")[0] or name[:_LONGEST_NAME]


def _free(name: str, used: Collection[str]) -> str:
    if name.casefold() not in used:
        return name
    return next(made for number in count(2) if (made := f"{name}-{number}").casefold() not in used)


def _proposals(records: Collection[Record]) -> Proposals:
    most = len(records) * _MOST
    sections = Counter(name for record in records for name in record.headed)
    headings = _spelled(heading for record in records for heading in dict.fromkeys(record.unmapped))
    return Proposals(
        {
            record.said_severity: record.text("severity")
            for record in sorted(records, key=lambda record: record.said_severity)
            if record.said_severity and record.values["severity"].certainty is not Certainty.STATED
        },
        _names(records, "services"),
        _names(records, "root_cause"),
        tuple(name for name in TEMPLATE_SECTIONS if sections[name] >= most) if len(records) >= _FEWEST else (),
        {heading: number for heading, number in headings.items() if number > 1},
    )


def _names(records: Iterable[Record], key: str) -> dict[str, int]:
    """Number of occurrences of each name below a key."""
    values = (record.values[key].value for record in records if key in record.values)
    return _spelled(name for value in values for name in ((value,) if isinstance(value, str) else value or ()))


def _spelled(names: Iterable[str]) -> dict[str, int]:
    """Number of occurrences of each name, in its most frequent spelling; the most frequent name first."""
    spelled: dict[str, Counter[str]] = {}
    for name in names:
        spelled.setdefault(slug(name), Counter())[name] += 1
    counts = {spellings.most_common(1)[0][0]: spellings.total() for spellings in spelled.values()}
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def plan_data(plan: Plan) -> dict[str, Any]:
    """The plan for other programs."""
    return {
        "version": VERSION,
        "records": [_record_data(record) for record in plan.records],
        "left_out": [{"source": file.source, "reason": file.reason} for file in plan.left_out],
        "proposals": {
            "severities": {word: name or None for word, name in plan.proposals.severities.items()},
            "services": dict(plan.proposals.services),
            "root_causes": dict(plan.proposals.root_causes),
            "sections": list(plan.proposals.sections),
            "synonyms": dict(plan.proposals.synonyms),
            "languages": dict(plan.proposals.languages),
        },
    }


def _record_data(record: Record) -> dict[str, Any]:
    events, actions = record.events, record.actions
    return {
        "source": record.source,
        "id": record.id,
        "values": {key: _value_data(value) for key, value in record.values.items()},
        "sections": dict(record.sections),
        "events": {"count": events.count, "first": _moment(events.first), "last": _moment(events.last)},
        "actions": {
            "count": actions.count,
            "done": actions.done,
            "owned": actions.owned,
            "ticketed": actions.ticketed,
        },
        "problems": list(record.problems),
    }


def _value_data(value: Value) -> dict[str, Any]:
    listed = list(value.value) if isinstance(value.value, tuple) else value.value
    return {"value": listed, "certainty": value.certainty.value, "from": value.origin or None}


def _moment(at: datetime | None) -> str | None:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if at else None


def certainties(plan: Plan) -> Counter[Certainty]:
    """Number of values of all records that are stated, derived and unknown."""
    return Counter(value.certainty for record in plan.records for value in record.values.values())

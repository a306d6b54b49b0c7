"""The incidents of an import for the register."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from postmortems.adopt.plan import Plan
from postmortems.adopt.record import Certainty, Record, RegisterRow
from postmortems.adopt.severities import severity_value
from postmortems.model.front_matter import UNKNOWN
from postmortems.model.unsure_value import CHECK
from postmortems.read.register import read_register
from postmortems.read.yaml_scalar import plain
from postmortems.settings import Settings


@dataclass(frozen=True, slots=True)
class RegisterChange:
    """The register as it would be, with the number of entries that are `new`.

    `without_severity` counts incidents that are left out, since nothing says which severity they have here, and
    `problem` says why the register cannot be added to.
    """

    after: bytes = b""
    new: int = 0
    without_severity: int = 0
    problem: str = ""


def changed_register(
    plan: Plan, path: str, before: bytes | None, settings: Settings, severities: Mapping[str, str]
) -> RegisterChange:
    """The register at `path` with the incidents of the plan; None is for no register.

    Incidents that have a postmortem are added only beside others or to a register that is there: alone they would look
    as if every incident had one.
    """
    if before is None and not plan.register:
        return RegisterChange()
    register, problems = read_register(path, before or b"[]\n")
    if problems:
        place = problems[0].place
        return RegisterChange(problem=f"{place.path}:{place.line}: {problems[0].message}; nothing is added to it")
    known = {entry.id for entry in register.entries}
    rows: dict[str, RegisterRow] = {}
    for row in (*plan.register, *_rows(plan)):
        if row.id not in known and (row.id not in rows or not rows[row.id].severity):
            rows[row.id] = row
    entries = [entry for row in rows.values() if (entry := _entry(row, plan, settings, severities))]
    text = (before or b"").decode("utf-8")
    if not register.entries and text.strip() in ("", "[]"):
        text = ""
    gap = "\n" if text.endswith("\n") or not text else "\n\n"
    after = (f"{text}{gap}" if text else "") + "\n".join(entries)
    return RegisterChange(after.encode() if entries else before or b"", len(entries), len(rows) - len(entries))


def _rows(plan: Plan) -> Iterator[RegisterRow]:
    """The records as rows."""
    for record in (*plan.there, *plan.records):
        if record.incident:
            severity, resolved = record.text("severity"), record.text("resolved_at")
            yield RegisterRow(record.source, record.incident, severity, resolved, record.text("title"))


def _entry(row: RegisterRow, plan: Plan, settings: Settings, severities: Mapping[str, str]) -> str:
    """The lines of an entry; empty where nothing says which severity it has."""
    severity = severity_value(row.severity, "the pager", tuple(settings.severities), severities)
    if not isinstance(severity.value, str):
        return ""
    lines = [f"- id: {plain(row.id)}"]
    if severity.certainty is Certainty.DERIVED:
        lines.append(f"  {CHECK} {severity.origin}")
    lines.append(f"  severity: {plain(severity.value)}")
    lines.append(f"  resolved_at: {plain(row.resolved_at) if row.resolved_at else UNKNOWN}")
    if row.title:
        lines.append(f"  title: {plain(row.title)}")
    if record := _record(row, plan):
        lines.append(f"  postmortem: {plain(record.id)}")
    return "\n".join([*lines, ""])


def _record(row: RegisterRow, plan: Plan) -> Record | None:
    """The record of the same incident."""
    return next((record for record in (*plan.there, *plan.records) if record.incident == row.id), None)

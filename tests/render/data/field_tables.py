"""The fields of a data file as a table in Markdown, from its schema: what the guide prints."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from postmortems.analyse import (
    actions,
    clocks,
    closure,
    completion,
    detection,
    distribution,
    frequency,
    history_figures,
    metrics,
    quality,
    recurrence_figures,
    tallies,
)
from postmortems.analyse.findings import registry
from postmortems.render.data import (
    action_record,
    exercises,
    index,
    lists,
    postmortem_record,
    reminders,
    response_record,
    surveys,
    text_records,
    ticket_sync,
    whole_record,
)
from postmortems.render.data.encoding import declaration
from postmortems.render.data.schema import schema_of

DECLARATIONS: Mapping[str, type] = {
    declared.__name__: declared
    for declared in (
        lists.Postmortems,
        postmortem_record.PostmortemRecord,
        postmortem_record.PatternRecord,
        postmortem_record.NotRepeatRecord,
        lists.Actions,
        action_record.ActionRecord,
        reminders.ReminderFile,
        reminders.OwnerRecord,
        whole_record.WholeRecord,
        text_records.EventRecord,
        text_records.SectionRecord,
        text_records.LinkRecord,
        response_record.QuestionRecord,
        response_record.EvidenceRecord,
        whole_record.RelatedRecord,
        whole_record.ReasonRecord,
        whole_record.SuspectedRepeatRecord,
        surveys.Surveys,
        surveys.QuarterRecord,
        surveys.AnswersRecord,
        ticket_sync.TicketSync,
        ticket_sync.SyncedAction,
        declaration(metrics.Metrics),
        declaration(clocks.ClockFigures),
        declaration(distribution.Distribution),
        declaration(frequency.Frequency),
        declaration(recurrence_figures.RecurrenceFigures),
        declaration(completion.Completion),
        declaration(closure.ActionFigures),
        declaration(actions.ActionCounts),
        declaration(closure.Closure),
        declaration(detection.AgainstTarget),
        declaration(tallies.Tally),
        declaration(registry.Comparison),
        declaration(quality.MissingValue),
        declaration(history_figures.HistoryFigures),
        declaration(history_figures.GitFigures),
        declaration(history_figures.GapCount),
        declaration(history_figures.FollowUp),
        index.Index,
        index.Row,
        index.NamedPattern,
        index.NamedService,
        index.OpenAction,
        exercises.GameIncident,
    )
}
"""What the guide has a table of, by the name in the comment above it."""


def fields_table(declaration: type) -> str:
    """One row a field: its name, the types that it may have in JSON, and what it means."""
    schema = schema_of(declaration, "")
    fields = _columns(declaration, schema) or {
        name: shape for name, shape in schema["properties"].items() if name != "$schema"
    }
    rows = (f"| `{name}` | {_types(shape, schema)} | {shape['description']} |" for name, shape in fields.items())
    return "\n".join(["| Field | JSON | Meaning |", "|---|---|---|", *rows])


def _columns(declaration: type, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The places of a row that is an array, by the names of its values; empty for an object."""
    if "prefixItems" not in schema:
        return {}
    return dict(zip(declaration.__annotations__, schema["prefixItems"], strict=True))


def _types(shape: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    return " or ".join(dict.fromkeys(_each_type(shape, schema)))


def _each_type(shape: Mapping[str, Any], schema: Mapping[str, Any]) -> Iterator[str]:
    if target := shape.get("$ref"):
        yield from _each_type(schema["$defs"][target.rpartition("/")[2]], schema)
    elif choices := shape.get("anyOf"):
        for choice in choices:
            yield from _each_type(choice, schema)
    elif values := shape.get("enum", [shape["const"]] if "const" in shape else []):
        yield from (f"`{value}`" for value in values)
    elif shape["type"] == "array" and isinstance(shape.get("items"), Mapping):
        yield f"array of {_types(shape['items'], schema)}"
    else:
        yield {"date": "date", "date-time": "time"}.get(shape.get("format", ""), shape["type"])

"""`/data/metrics.json`: every figure of the metrics page, with what it rests on, in its published form.

Its parts are declared, and filled in, below `metrics/`. Nothing is computed here.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from postmortems.analyse.metrics import metrics_of
from postmortems.render.data.data_context import DataContext
from postmortems.render.data.head import Collection
from postmortems.render.data.json_text import Count, Day, lines_document
from postmortems.render.data.metrics.actions import ActionsForm, actions_form
from postmortems.render.data.metrics.clocks import ClockForm, clock_form
from postmortems.render.data.metrics.completion import CompletionForm, completion_form
from postmortems.render.data.metrics.detection import DetectionForm, detection_form
from postmortems.render.data.metrics.findings import FindingsForm, findings_form
from postmortems.render.data.metrics.frequency import FrequencyForm, frequency_form
from postmortems.render.data.metrics.labels import LabelsForm, labels_form
from postmortems.render.data.metrics.recurrence import RecurrenceForm, recurrence_form
from postmortems.render.data.metrics.values import Ids, ids

FILE = "data/metrics.json"
SCHEMA = "schema/metrics.schema.json"


class LackForm(TypedDict):
    """One value that postmortems should have."""

    value: Annotated[str, Field(description="The key of the front matter, or the section's name")]
    asked: Annotated[Count, Field(description="How many should have it")]
    known: Annotated[Count, Field(description="How many have it")]
    lacking: Annotated[Ids, Field(description="The ids of those that do not, oldest first")]


class MetricsFile(TypedDict):
    """Every figure of the metrics page."""

    version: Annotated[Literal[2], Field(description="Version of this form")]
    today: Annotated[Day, Field(description="The day that the figures are of, in UTC")]
    corpus: Collection
    incidents: Annotated[Count, Field(description="How many incidents are counted: drills and near misses are not")]
    drafts: Annotated[Count, Field(description="How many of these are drafts")]
    clocks: Annotated[list[ClockForm], Field(description="How long things took")]
    frequency: Annotated[FrequencyForm | None, Field(description="How often incidents happen; null of a sample")]
    recurrence: Annotated[RecurrenceForm, Field(description="How many repeat an earlier one")]
    completion: Annotated[
        CompletionForm | None,
        Field(description="How many postmortems are published in time; null of a sample, and without a register"),
    ]
    actions: Annotated[ActionsForm, Field(description="How many action items get done")]
    detection: Annotated[DetectionForm, Field(description="How soon incidents are noticed")]
    labels: Annotated[LabelsForm, Field(description="What incidents are named with")]
    findings: Annotated[FindingsForm, Field(description="What the incidents say together")]
    quality: Annotated[list[LackForm], Field(description="Which postmortems lack which value")]


def metrics_json(data_context: DataContext) -> str:
    """The text of the file, a part of the figures on each line."""
    return lines_document(f"../{SCHEMA}", metrics_file(data_context))


def metrics_file(data_context: DataContext) -> MetricsFile:
    """All figures of an edition."""
    metrics = data_context.pages.analysis.once(metrics_of)
    return {
        "version": 2,
        "today": metrics.today.isoformat(),
        "corpus": data_context.pages.settings.corpus.value,
        "incidents": metrics.incidents,
        "drafts": metrics.drafts,
        "clocks": [clock_form(one) for one in metrics.clocks],
        "frequency": frequency_form(metrics.frequency) if metrics.frequency else None,
        "recurrence": recurrence_form(metrics.recurrence),
        "completion": completion_form(metrics.completion) if metrics.completion else None,
        "actions": actions_form(metrics.actions),
        "detection": detection_form(metrics.detection),
        "labels": labels_form(metrics.labels),
        "findings": findings_form(metrics.findings),
        "quality": [
            {"value": one.value, "asked": one.asked, "known": one.known, "lacking": ids(one.lacking)}
            for one in metrics.quality
        ],
    }

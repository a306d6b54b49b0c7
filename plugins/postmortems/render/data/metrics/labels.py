"""What incidents are named with, counted, as `/data/metrics.json` has it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from postmortems.analyse.tallies import LabelFigures, Tallies
from postmortems.render.data.json_text import Count
from postmortems.render.data.metrics.values import Ids, ids


class TallyForm(TypedDict):
    """One label."""

    key: Annotated[str, Field(description="What makes two spellings one label")]
    label: Annotated[str, Field(description="Its most frequent spelling")]
    count: Annotated[Count, Field(description="How many incidents have it")]
    postmortems: Annotated[Ids, Field(description="Their ids, oldest first")]


class TalliesForm(TypedDict):
    """Labels of one kind, the most frequent first."""

    n: Annotated[Count, Field(description="How many incidents have at least one")]
    missing: Annotated[Count, Field(description="How many have none")]
    items: Annotated[list[TallyForm], Field(description="The labels")]


class FactorsForm(TypedDict):
    """What contributed."""

    n: Annotated[Count, Field(description="How many incidents list a contributing factor")]
    missing: Annotated[Count, Field(description="How many list none")]
    sentences: Annotated[Count, Field(description="How many factors are listed")]
    patterns: Annotated[TalliesForm, Field(description="The patterns with the role `contributing`")]


class LabelsForm(TypedDict):
    """What incidents are named with, counted."""

    root_causes: Annotated[TalliesForm, Field(description="Root causes")]
    triggers: Annotated[TalliesForm, Field(description="Triggers")]
    services: Annotated[TalliesForm, Field(description="Services")]
    contributing: Annotated[FactorsForm, Field(description="Contributing factors")]


def labels_form(one: LabelFigures) -> LabelsForm:
    """Root causes, triggers, services and contributing factors."""
    factors = one.contributing
    return {
        "root_causes": _tallies(one.root_causes),
        "triggers": _tallies(one.triggers),
        "services": _tallies(one.services),
        "contributing": {
            "n": factors.n,
            "missing": factors.missing,
            "sentences": factors.sentences,
            "patterns": _tallies(factors.patterns),
        },
    }


def _tallies(one: Tallies) -> TalliesForm:
    return {
        "n": one.n,
        "missing": one.missing,
        "items": [
            {"key": of.key, "label": of.label, "count": of.count, "postmortems": ids(of.members)} for of in one.items
        ],
    }

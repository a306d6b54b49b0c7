"""What the incidents say together, as `/data/metrics.json` has it."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from postmortems.analyse.findings.finding import Finding
from postmortems.analyse.findings.registry import Findings
from postmortems.analyse.measures import SubjectKind
from postmortems.render.data.json_text import Count, one_of
from postmortems.render.data.metrics.values import Ids, Rate, high, ids, low


class SubjectForm(TypedDict):
    """What the incidents of a finding share."""

    kind: Annotated[str, one_of(SubjectKind), Field(description="A pattern or a service")]
    key: Annotated[str, Field(description="The pattern's id, or the service's slug")]
    name: Annotated[str, Field(description="What pages call it")]


class FindingForm(TypedDict):
    """A sentence about the whole system, with its evidence."""

    maker: Annotated[str, Field(description="The question that it answers")]
    subjects: Annotated[list[SubjectForm], Field(description="What the incidents share; empty for all incidents")]
    claim: Annotated[str, Field(description="What holds, in words that continue `7 of 9`")]
    support: Annotated[Count, Field(description="In how many incidents it holds")]
    n: Annotated[Count, Field(description="Of how many of the group the answer is known")]
    missing: Annotated[Count, Field(description="Of how many it is not")]
    low: Annotated[Rate | None, Field(description="The 95 % interval of the share; null below six")]
    high: Annotated[Rate | None, Field(description="The 95 % interval of the share; null below six")]
    rest_support: Annotated[Count, Field(description="In how many of all others it holds")]
    rest: Annotated[Count, Field(description="Of how many others the answer is known")]
    others: Annotated[str, Field(description="What the others are, in words that continue `of`")]
    chance: Annotated[Rate, Field(description="How likely chance alone gives the group so many")]
    postmortems: Annotated[
        Ids | None,
        Field(description="The ids of those in which it holds; null of a comparison that does not stand out"),
    ]


class ComparisonForm(FindingForm):
    """A group held against all other incidents."""

    stands_out: Annotated[bool, Field(description="Whether it is believed, and rests on enough incidents to be told")]
    false_discoveries: Annotated[
        Rate, Field(description="The share of wrong ones to expect if this and all stronger ones are believed")
    ]


class FindingsForm(TypedDict):
    """Systemic findings."""

    comparisons: Annotated[list[ComparisonForm], Field(description="All comparisons, the least likely by chance first")]


def findings_form(one: Findings) -> FindingsForm:
    """All comparisons."""
    return {
        "comparisons": [
            {
                **_finding(of.finding, with_members=of.stands_out),
                "stands_out": of.stands_out,
                "false_discoveries": of.rate,
            }
            for of in one.comparisons
        ],
    }


def _finding(one: Finding, *, with_members: bool) -> FindingForm:
    return {
        "maker": one.maker,
        "subjects": [{"kind": of.kind.value, "key": of.key, "name": of.name} for of in one.subjects],
        "claim": one.claim,
        "support": one.support,
        "n": one.n,
        "missing": one.missing,
        "low": low(one.interval),
        "high": high(one.interval),
        "rest_support": one.rest_holds,
        "rest": one.rest,
        "others": one.others,
        "chance": one.chance,
        "postmortems": ids(one.holds) if with_members else None,
    }

"""The form of `/data/metrics.json`: every figure of the metrics page, with what it rests on."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field
from typing_extensions import TypedDict

from postmortems.analyse.evidence import Clock, SubjectKind
from postmortems.model.front_matter import DetectedBy
from postmortems.model.related import ReasonKind
from postmortems.render.data.json_text import Count, Day, Seconds, one_of
from postmortems.settings import Completeness

Rate = Annotated[float, Field(ge=0, le=1)]
Ids = list[str]
QuarterNumber = Annotated[int, Field(ge=1, le=4)]


class Length(TypedDict):
    """One length over several incidents."""

    n: Annotated[Count, Field(description="How many values are known")]
    missing: Annotated[Count, Field(description="How many incidents have none")]
    median_seconds: Annotated[Seconds | None, Field(description="The median; null below three values")]
    median_low_seconds: Annotated[Seconds | None, Field(description="Its 95 % interval; null below six values")]
    median_high_seconds: Annotated[Seconds | None, Field(description="Its 95 % interval; null below six values")]
    lower_quartile_seconds: Annotated[
        Seconds | None, Field(description="A quarter of values is at most this; null below six")
    ]
    upper_quartile_seconds: Annotated[
        Seconds | None, Field(description="Three quarters are at most this; null below six")
    ]
    p90_seconds: Annotated[Seconds | None, Field(description="Nine tenths are at most this; null below twenty")]
    mean_seconds: Annotated[Seconds | None, Field(description="The mean; null below three values")]
    within_a_minute: Annotated[Count, Field(description="How many values are at most sixty seconds")]


class LengthRow(TypedDict):
    """One length of some incidents, as a row of a table: of all, of a year or a quarter, or of a severity."""

    clock: Annotated[str, one_of(Clock), Field(description="Which length")]
    group: Annotated[str, Field(description="`all`, `year`, `quarter` or `severity`")]
    of: Annotated[str | None, Field(description="Which year, quarter or severity; empty where nothing tells it")]
    n: Count
    missing: Count
    median_seconds: Seconds | None
    median_low_seconds: Seconds | None
    median_high_seconds: Seconds | None
    lower_quartile_seconds: Seconds | None
    upper_quartile_seconds: Seconds | None
    p90_seconds: Seconds | None
    mean_seconds: Seconds | None
    within_a_minute: Count


class PeriodLength(TypedDict):
    """One length in a year, or in a quarter of it."""

    year: Annotated[int | None, Field(description="The year; null where nothing tells it")]
    quarter: Annotated[QuarterNumber | None, Field(description="The quarter, 1 to 4; null for the whole year")]
    length: Annotated[Length, Field(description="The length in this period")]


class SeverityLength(TypedDict):
    """One length of the incidents of one severity."""

    severity: Annotated[str | None, Field(description="The severity; null for incidents without one")]
    length: Annotated[Length, Field(description="The length of these incidents")]


class Change(TypedDict):
    """The two latest periods in which a length has an interval."""

    earlier: Annotated[PeriodLength, Field(description="The period before")]
    later: Annotated[PeriodLength, Field(description="The latest period")]
    is_noise: Annotated[
        bool, Field(description="Whether the intervals overlap, so that nothing is known to have changed")
    ]


class ClockForm(TypedDict):
    """One length that is measured in every incident."""

    clock: Annotated[str, one_of(Clock), Field(description="Which length")]
    all: Annotated[Length, Field(description="Over all incidents")]
    years: Annotated[list[PeriodLength], Field(description="By year, oldest first")]
    quarters: Annotated[
        list[PeriodLength], Field(description="By quarter, in the latest years that have enough incidents")
    ]
    severities: Annotated[list[SeverityLength], Field(description="By severity, worst first")]
    change: Annotated[Change | None, Field(description="The latest change; null where no two periods have an interval")]


class SeverityCount(TypedDict):
    """How many incidents of one severity there were."""

    severity: Annotated[str | None, Field(description="The severity; null for incidents without one")]
    count: Annotated[Count, Field(description="How many")]
    low: Annotated[float, Field(description="The 95 % interval of the expected number")]
    high: Annotated[float, Field(description="The 95 % interval of the expected number")]


class QuarterCount(TypedDict):
    """How many incidents a quarter had."""

    year: Annotated[int, Field(description="The year")]
    quarter: Annotated[QuarterNumber, Field(description="The quarter, 1 to 4")]
    count: Annotated[Count, Field(description="How many")]
    low: Annotated[float, Field(description="The 95 % interval of the expected number")]
    high: Annotated[float, Field(description="The 95 % interval of the expected number")]
    is_over: Annotated[bool, Field(description="Whether the quarter has ended")]
    stands_out: Annotated[bool, Field(description="Whether chance alone would hardly give so many to any quarter")]
    severities: Annotated[list[SeverityCount], Field(description="By severity, worst first")]
    postmortems: Annotated[Ids, Field(description="Their ids")]


class YearCount(TypedDict):
    """How many incidents four quarters in a row had."""

    last_year: Annotated[int, Field(description="The year of the last of them")]
    last_quarter: Annotated[QuarterNumber, Field(description="The last of them, 1 to 4")]
    count: Annotated[Count, Field(description="How many")]
    low: Annotated[float, Field(description="The 95 % interval of the expected number")]
    high: Annotated[float, Field(description="The 95 % interval of the expected number")]


class FrequencyForm(TypedDict):
    """How many incidents the quarters had."""

    quarters: Annotated[list[QuarterCount], Field(description="Those that had any, oldest first, and the running one")]
    severities: Annotated[list[SeverityCount], Field(description="All incidents by severity, worst first")]
    undated: Annotated[Count, Field(description="How many incidents have no day")]
    whole: Annotated[Count, Field(description="How many quarters are over, empty ones included")]
    count: Annotated[Count, Field(description="How many incidents these had")]
    rate: Annotated[float | None, Field(description="Incidents a quarter; null where none is over")]
    rate_low: Annotated[float | None, Field(description="Its 95 % interval")]
    rate_high: Annotated[float | None, Field(description="Its 95 % interval")]
    expected_most: Annotated[Count | None, Field(description="The number that no quarter exceeds by chance")]
    latest: Annotated[YearCount | None, Field(description="The last four quarters that are over")]
    before: Annotated[YearCount | None, Field(description="The four before them")]
    is_noise: Annotated[bool, Field(description="Whether their intervals overlap")]


class DeclaredRepeat(TypedDict):
    """An incident that says that it repeats others."""

    postmortem: Annotated[str, Field(description="Its id")]
    earlier: Annotated[Ids, Field(description="The ids of those that it repeats")]


class SharedForm(TypedDict):
    """One thing that two postmortems share."""

    kind: Annotated[str, one_of(ReasonKind), Field(description="What it is")]
    values: Annotated[list[str], Field(description="The labels or words that both have")]


class SuspectedForm(TypedDict):
    """An incident that seems to repeat another and declares nothing."""

    postmortem: Annotated[str, Field(description="Its id")]
    earlier: Annotated[str, Field(description="The id of the other")]
    shares: Annotated[list[SharedForm], Field(description="What both share")]
    days_apart: Annotated[Count | None, Field(description="The days between them; null where one is unknown")]


class RecurrenceForm(TypedDict):
    """How many incidents repeat an earlier one."""

    window_seconds: Annotated[Seconds, Field(description="How far apart two may be to be suspected by their labels")]
    incidents: Annotated[Count, Field(description="Of how many incidents")]
    rate: Annotated[Rate | None, Field(description="The share that declares a repeat; null of a sample")]
    low: Annotated[Rate | None, Field(description="Its 95 % interval; null below six")]
    high: Annotated[Rate | None, Field(description="Its 95 % interval; null below six")]
    declared: Annotated[list[DeclaredRepeat], Field(description="Those that declare one")]
    suspected: Annotated[list[SuspectedForm], Field(description="Those that only look like one, none of them declared")]


class CompletionForm(TypedDict):
    """The entries of the incident register, counted. Which they are stands nowhere on the site."""

    n: Annotated[Count, Field(description="How many the rate rests on: in time, late and unpublished ones")]
    missing: Annotated[Count, Field(description="How many qualify and cannot be counted")]
    rate: Annotated[Rate | None, Field(description="The share that was published in time")]
    low: Annotated[Rate | None, Field(description="Its 95 % interval; null below six")]
    high: Annotated[Rate | None, Field(description="Its 95 % interval; null below six")]
    in_time: Annotated[Count, Field(description="Published within the policy's days")]
    late: Annotated[Count, Field(description="Published after them")]
    unpublished: Annotated[Count, Field(description="Not published though their time has passed")]
    not_due: Annotated[Count, Field(description="Their time has not passed")]
    waived: Annotated[Count, Field(description="There will be none, for a reason")]
    not_required: Annotated[Count, Field(description="The policy asks for none")]


class ClosureForm(TypedDict):
    """Some action items. Open and done ones are counted, unknown ones missing, dropped ones stand apart."""

    done: Annotated[Count, Field(description="Done")]
    open: Annotated[Count, Field(description="Open")]
    dropped: Annotated[Count, Field(description="Will not be done")]
    unknown: Annotated[Count, Field(description="Closure not public")]
    rate: Annotated[Rate | None, Field(description="The share that is done, of those done and open")]
    low: Annotated[Rate | None, Field(description="Its 95 % interval; null below six")]
    high: Annotated[Rate | None, Field(description="Its 95 % interval; null below six")]


class DueQuarterForm(TypedDict):
    """The items that fell due in one quarter."""

    year: Annotated[int, Field(description="The year")]
    quarter: Annotated[QuarterNumber, Field(description="The quarter, 1 to 4")]
    closure: Annotated[ClosureForm, Field(description="How far they are")]


class ActionsForm(TypedDict):
    """All action items, each in one of three groups."""

    due: Annotated[list[DueQuarterForm], Field(description="Those whose day has passed, by quarter, oldest first")]
    fallen_due: Annotated[ClosureForm, Field(description="All of these together")]
    not_due: Annotated[ClosureForm, Field(description="Those whose day is still to come")]
    undated: Annotated[ClosureForm, Field(description="Those without a due date")]
    tells_a_rate: Annotated[bool, Field(description="Whether more fell due with a known state than are unknown")]
    incidents: Annotated[Count, Field(description="Of how many incidents")]
    without_items: Annotated[Count, Field(description="How many of them have no item")]


class AgainstTargetForm(TypedDict):
    """Incidents held against their detection targets."""

    n: Annotated[Count, Field(description="How many have a known time and a target")]
    in_time: Annotated[Count, Field(description="How many were noticed in time")]
    late: Annotated[Count, Field(description="How many were not")]
    low: Annotated[Rate | None, Field(description="The 95 % interval of the share that was late; null below six")]
    high: Annotated[Rate | None, Field(description="The 95 % interval of the share that was late; null below six")]
    unknown: Annotated[Count, Field(description="How many have a target and no known time")]
    without_target: Annotated[Count, Field(description="How many have no target")]
    late_postmortems: Annotated[Ids, Field(description="The ids of the late ones")]


class SeverityTargetForm(TypedDict):
    """The same of one severity."""

    severity: Annotated[str | None, Field(description="The severity; null for incidents without one")]
    against_target: Annotated[AgainstTargetForm, Field(description="These incidents")]


class NoticerForm(TypedDict):
    """Who noticed first, counted."""

    detected_by: Annotated[Annotated[str, one_of(DetectedBy)] | None, Field(description="Who; null is unknown")]
    count: Annotated[Count, Field(description="How many incidents")]


class DetectionForm(TypedDict):
    """Detection against targets."""

    all: Annotated[AgainstTargetForm, Field(description="All incidents")]
    severities: Annotated[list[SeverityTargetForm], Field(description="By severity, worst first")]
    from_settings: Annotated[
        Count, Field(description="How many of the targets are the settings', not the postmortem's own")
    ]
    detected_by: Annotated[list[NoticerForm], Field(description="Who noticed first")]


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
    rest_support: Annotated[
        Count | None, Field(description="In how many of all others it holds; null where nothing is compared")
    ]
    rest: Annotated[Count | None, Field(description="Of how many others the answer is known")]
    chance: Annotated[Rate | None, Field(description="How likely chance alone gives the group so many")]
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
    common: Annotated[list[FindingForm], Field(description="What is common, most incidents first")]


class LackForm(TypedDict):
    """One value that postmortems should have."""

    value: Annotated[str, Field(description="The key of the front matter, or the section's name")]
    asked: Annotated[Count, Field(description="How many should have it")]
    known: Annotated[Count, Field(description="How many have it")]
    lacking: Annotated[Ids, Field(description="The ids of those that do not, oldest first")]


class MetricsFile(TypedDict):
    """Every figure of the metrics page."""

    version: Annotated[Literal[1], Field(description="Version of this form")]
    today: Annotated[Day, Field(description="The day that the figures are of, in UTC")]
    corpus: Annotated[
        str,
        one_of(Completeness),
        Field(description="`sample`: how often something happens in this collection means nothing"),
    ]
    incidents: Annotated[Count, Field(description="How many incidents are counted: all postmortems but drills")]
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

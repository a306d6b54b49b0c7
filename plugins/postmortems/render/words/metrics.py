"""Titles, verdicts and captions of the metrics page."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from postmortems.analyse.actions import ActionCounts
from postmortems.analyse.claims import LateSeverity, LengthClaim, MedianOfAll, SeveritiesApart
from postmortems.analyse.completion import Completion
from postmortems.analyse.detection import DetectionFigures
from postmortems.analyse.frequency import Frequency
from postmortems.analyse.measures import Measure
from postmortems.analyse.overview import Overview
from postmortems.analyse.panels import Grain
from postmortems.analyse.recurrence_figures import RecurrenceFigures
from postmortems.analyse.statistics import Share, Summary
from postmortems.analyse.tallies import Tallies
from postmortems.analyse.year_change import Verdict, YearChange
from postmortems.model.front_matter import DetectedBy
from postmortems.render.words.figures import length_words, quarter_words, severity_words
from postmortems.render.words.formats import count_words
from postmortems.render.words.incident import clipped

_GRAINS = {Grain.QUARTER: "per quarter", Grain.HALF: "per half-year", Grain.YEAR: "per year", Grain.ALL: "of all"}
_Figure = TypeVar("_Figure")

_VERBS = {Measure.DETECT: "detected", Measure.MITIGATE: "mitigated", Measure.RECOVER: "resolved"}
_INFINITIVES = {Measure.DETECT: "detect", Measure.MITIGATE: "mitigate", Measure.RECOVER: "resolve"}


def grain_words(grain: Grain) -> str:
    """The periods of the medians in a panel: `median per quarter`."""
    return f"median {_GRAINS[grain]}"


def share_of_words(share: Share) -> str:
    """`33 of 65`."""
    return f"{share.part} of {share.of}"


def summary_words(summary: Summary) -> str:
    """The median of a summary: `9 min`; `at least 3 h` where most lengths have no known end."""
    if summary.median is None and summary.low is not None:
        return f"at least {length_words(summary.low)}"
    return length_words(summary.median)


def verdict_words(
    change: YearChange[_Figure] | None, words: Callable[[_Figure], str], more: str = "More", less: str = "Less"
) -> str:
    """The last four whole quarters against the four before them: `No clear change: 9 min, was 11 min`."""
    if change is None or change.verdict is Verdict.TOO_FEW:
        return "Too few to compare with the year before"
    leads = {Verdict.NO_CHANGE: "No clear change", Verdict.MORE: more, Verdict.LESS: less}
    lead = leads[change.verdict] + (" than the year before" if change.is_change else "")
    return f"{lead}: {words(change.latest)}, was {words(change.before)}"


def length_title(claim: LengthClaim, clock: Measure) -> str:
    """The finding about a length as the title of its chart."""
    match claim:
        case LateSeverity(often, rarely):
            late = often.against_target
            title = f"{severity_words(often.severity)} is detected late: {len(late.late):,} of {late.n:,} over target"
            if rarely is None:
                return title
            other = rarely.against_target
            return f"{title}. {severity_words(rarely.severity)} rarely: {len(other.late):,} of {other.n:,}"
        case SeveritiesApart(longer, shorter):
            names = f"{severity_words(longer.severity)} takes longer to {_INFINITIVES[clock]}"
            medians = (summary_words(length.distribution.summary) for length in (longer, shorter))
            return f"{names} than {severity_words(shorter.severity)}: {' against '.join(medians)}"
        case YearChange():
            return verdict_words(
                claim,
                summary_words,
                f"Incidents take longer to {_INFINITIVES[clock]}",
                f"Incidents are {_VERBS[clock]} faster",
            )
        case MedianOfAll(summary, is_alike):
            if summary.median is None:
                known = f"{summary.n:,} of {summary.n + summary.missing:,} incidents"
                return f"Time to {_INFINITIVES[clock]} is known for {known}"
            alike = ", with no clear difference between severities" if is_alike else ""
            return f"Half of the incidents are {_VERBS[clock]} within {length_words(summary.median)}{alike}"


def frequency_title(frequency: Frequency, overview: Overview) -> str:
    """The finding about frequency: a change, a quarter beyond chance, or the rate."""
    change = overview.incidents
    if change and change.is_change:
        return verdict_words(change, str, "More incidents", "Fewer incidents")
    beyond = [quarter for quarter in frequency.quarters if quarter.stands_out]
    if beyond:
        quarter = beyond[-1]
        return f"{quarter_words(quarter.quarter)} had {quarter.count:,} incidents, more than chance explains"
    if frequency.rate is None:
        return f"{count_words(frequency.dated, 'incident')} in the current quarter"
    steady = ", with no clear change from the year before" if change else ""
    return f"{rate_words(frequency.rate)} incidents per quarter{steady}"


def rate_words(rate: float) -> str:
    """A rate: `15.6`."""
    return f"{rate:.1f}"


def repeat_title(recurrence: RecurrenceFigures, overview: Overview | None) -> str:
    """The finding about repeats: a change, or their number."""
    if overview and overview.repeats.is_change:
        more, fewer = "More incidents are repeats", "Fewer incidents are repeats"
        return verdict_words(overview.repeats, share_of_words, more, fewer)
    if not recurrence.declared:
        return "No incident is declared a repeat of an earlier one"
    if not recurrence.is_counted:
        return f"{count_words(len(recurrence.declared), 'incident')} declared as repeats of earlier ones"
    verb = "repeats" if len(recurrence.declared) == 1 else "repeat"
    return f"{len(recurrence.declared):,} of {count_words(recurrence.incidents, 'incident')} {verb} an earlier one"


def closure_title(counts: ActionCounts, overview: Overview | None) -> str:
    """The finding about action items: a change, the rate, or why there is none."""
    if not counts.total:
        return "No action items yet"
    if counts.tells_a_rate:
        if overview and overview.overdue.is_change:
            more, less = "More of what falls due stays open", "Less of what falls due stays open"
            return verdict_words(overview.overdue, share_of_words, more, less)
        return f"{counts.done:,} of {counts.n:,} action items due so far are done"
    if counts.unknown:
        return f"{counts.done:,} of {count_words(counts.total, 'action item')} done, {counts.unknown:,} unknown"
    return "No action items are due yet"


def label_title(tallies: Tallies, name: str, names: str) -> str:
    """The most frequent labels of a kind: `Most frequent root cause: missing index, 13 incidents`."""
    several = tallies.several
    if not several:
        return f"No {name} is shared by incidents"
    most = several[0].count
    top = [tally for tally in several if tally.count == most]
    if len(top) == 1:
        return f"Most frequent {name}: {clipped(top[0].label, 60)}, {most:,} of {tallies.n:,} incidents"
    return f"{len(top)} {names} are the most frequent, with {most:,} incidents each"


def noticed_title(detection: DetectionFigures) -> str:
    """The finding about who detected the incidents first."""
    if not detection.known_noticers:
        return "What detected the incidents first is unknown"
    by = detection.detected_by
    outside = by.get(DetectedBy.CUSTOMER, 0) + by.get(DetectedBy.THIRD_PARTY, 0)
    others = f", customers or third parties in {outside}" if outside else ""
    return f"An alert was first in {by.get(DetectedBy.ALERT, 0)} of {detection.known_noticers}{others}"


def completion_title(completion: Completion | None) -> str:
    """The finding about postmortems that are published on time."""
    if completion is None:
        return "Postmortem completion is not tracked"
    if not completion.n:
        return "No postmortems are due yet"
    return f"{len(completion.in_time):,} of {completion.n:,} due postmortems were published on time"

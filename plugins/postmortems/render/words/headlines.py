"""Headlines of the corpus in words: what holds for how many incidents, and a second line."""

from __future__ import annotations

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.headlines import Headline, Topic
from postmortems.render.words.formats import count_words, duration_words, years_words
from postmortems.render.words.incident import clipped

_NAME = 44


def headline_words(headline: Headline, analysis: Analysis) -> str:
    """The statement: `Monitoring failures in 26 of 44 incidents`."""
    count, of = len(headline.matching), f"{len(headline.matching):,} of {headline.known:,}"
    match headline.topic:
        case Topic.PATTERN:
            return f"{clipped(analysis.pattern_name(headline.subject), _NAME)} in {of} incidents"
        case Topic.DETECTED_OUTSIDE:
            verb = "was" if count == 1 else "were"
            return f"{of} incidents {verb} first detected by customers or third parties"
        case Topic.DETECTED_LATE:
            return f"{clipped(headline.subject, _NAME)} is detected late: {of} missed {_target(headline, analysis)}"
        case Topic.TRIGGER:
            return f"{of} incidents were triggered by {clipped(analysis.pattern_name(headline.subject), _NAME)}"
        case Topic.SHARED_CAUSE:
            return f"{of} incidents share their root cause with another one"


def headline_note(headline: Headline) -> str:
    """The line below it: what it is held against, and how many are unknown; empty where there is nothing to add."""
    match headline.topic:
        case Topic.TRIGGER if headline.next_count:
            note = f"No other pattern triggered more than {headline.next_count:,}."
        case Topic.PATTERN if headline.next_count:
            note = f"No other pattern is in more than {headline.next_count:,}."
        case Topic.SHARED_CAUSE:
            note = f"Most often: {clipped(headline.subject, 80)} ({headline.next_count:,})."
        case _:
            note = ""
    unknown = f"Unknown for {headline.missing:,}." if headline.missing else ""
    return " ".join(filter(None, (note, unknown)))


def corpus_words(analysis: Analysis) -> str:
    """The corpus where it has no headline: `44 incidents in 14 years`, `3 incidents in 2026`."""
    counted, days = count_words(len(analysis.incidents), "incident"), analysis.days
    if not days:
        return counted
    years = days[-1].year - days[0].year + 1
    return f"{counted} in {years_words(days) if years == 1 else count_words(years, 'year')}"


def _target(headline: Headline, analysis: Analysis) -> str:
    targets = {analysis.durations_of(incident).target for incident in headline.matching}
    target = targets.pop() if len(targets) == 1 else None
    return f"the target of {duration_words(target)}" if target is not None else "their target"

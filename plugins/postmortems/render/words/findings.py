"""Findings in words: for pages, the terminal and the data file."""

from __future__ import annotations

from collections.abc import Mapping

from postmortems.analyse.findings.finding import Claim, Others

_WORDS: Mapping[Claim | Others, str] = {
    Claim.NOTICED_LATE: "were noticed later than their target",
    Claim.NOTICED_OUTSIDE: "were first noticed by customers or third parties",
    Claim.SLOW_RECOVERY: "took longer to recover than the median of all incidents",
    Claim.SLOW_AFTER_LATE: "that were noticed late took longer than the median from detection to resolution",
    Claim.SECOND_PATTERN_TOO: "with the first pattern have the second, too",
    Claim.SET_OFF_BY_PATTERN: "were set off by it",
    Claim.PATTERN_CONTRIBUTED: "had it as a contributing factor",
    Claim.HIDDEN_BY_PATTERN: "were hidden by it",
    Claim.SLOWED_BY_PATTERN: "took longer to repair because of it",
    Claim.SHARED_ROOT_CAUSE: "share their root cause with another incident",
    Claim.NO_DETECT_ACTION: "that were noticed late have no action item that would let the next one be noticed sooner",
    Claim.NO_PREVENT_ACTION: "have no action item that prevents the next one",
    Others.INCIDENTS: "the others",
    Others.OTHER_PATTERNS: "the other patterns' incidents",
}


def claim_words(claim: Claim | Others) -> str:
    """A claim in words that continue `7 of 9 incidents`; what a group is held against in words that continue `of`."""
    return _WORDS[claim]


def chance_words(chance: float) -> str:
    """A small chance as a part of all cases: `1 of 160 cases`."""
    if chance < 1e-6:
        return "less than 1 of a million cases"
    return f"1 of {float(f'{1 / chance:.2g}'):,.0f} cases"

"""Findings in words: for pages, the terminal and the data file."""

from __future__ import annotations

from collections.abc import Mapping

from postmortems.analyse.findings.finding import Claim, Others

_WORDS: Mapping[Claim | Others, str] = {
    Claim.NOTICED_LATE: "were detected late",
    Claim.NOTICED_OUTSIDE: "were first detected by customers or third parties",
    Claim.SLOW_RECOVERY: "took longer to resolve than the median incident",
    Claim.SLOW_AFTER_LATE: "detected late had a longer response time than the median",
    Claim.SECOND_PATTERN_TOO: "with the first pattern also have the second",
    Claim.SET_OFF_BY_PATTERN: "were triggered by it",
    Claim.PATTERN_CONTRIBUTED: "had it as a contributing factor",
    Claim.HIDDEN_BY_PATTERN: "had detection delayed by it",
    Claim.SLOWED_BY_PATTERN: "had mitigation delayed by it",
    Claim.SHARED_ROOT_CAUSE: "share a root cause with another incident",
    Claim.NO_DETECT_ACTION: "detected late have no action item to improve detection",
    Claim.NO_PREVENT_ACTION: "have no action item to prevent a repeat",
    Others.INCIDENTS: "all others",
    Others.OTHER_PATTERNS: "incidents of other patterns",
}


def claim_words(claim: Claim | Others) -> str:
    """A claim in words that continue `7 of 9 incidents`; what a group is held against in words that continue `of`."""
    return _WORDS[claim]


def chance_words(chance: float) -> str:
    """A small chance as a coincidence: `a 1-in-160 coincidence`."""
    if chance < 1e-6:
        return "a coincidence of less than 1 in a million"
    return f"a 1-in-{float(f'{1 / chance:.2g}'):,.0f} coincidence"

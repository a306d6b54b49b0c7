"""Statements of the teams' surveys, and answers to them, in words."""

from __future__ import annotations

from collections.abc import Mapping

from postmortems.analyse.surveys import Answers
from postmortems.model.survey import Quarter, Statement

STATEMENTS: Mapping[Statement, str] = {
    Statement.SAFE: "It is safe to speak up about mistakes",
    Statement.SHARE: "We share what we learn from incidents",
    Statement.IMPROVE: "Improvements that we agree on happen",
    Statement.TOGETHER: "Teams work together during and after incidents",
}
"""Statements as people are asked, word for word."""


def quarter_words(quarter: Quarter) -> str:
    """`Q3 2026`."""
    return f"Q{quarter.number} {quarter.year}"


def agree_words(answers: Answers) -> str:
    """`9 of 12 agree, 1 disagrees`; empty where the answers are too few to be shown."""
    if answers.counts is None:
        return ""
    disagree = sum(answers.counts[:2])
    other = f", {disagree} {'disagrees' if disagree == 1 else 'disagree'}" if disagree else ""
    return f"{answers.agree:,} of {answers.n:,} agree{other}"

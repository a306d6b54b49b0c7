"""Statements of the teams' surveys, and answers to them, in words."""

from __future__ import annotations

from collections.abc import Mapping

from postmortems.analyse.surveys import Answers
from postmortems.model.quarter import Quarter, quarter_at
from postmortems.model.survey import Statement
from postmortems.render.words.figures import quarter_words

STATEMENTS: Mapping[Statement, str] = {
    Statement.SAFE: "It is safe to speak up about mistakes",
    Statement.SHARE: "We share what we learn from incidents",
    Statement.IMPROVE: "Improvements that we agree on happen",
    Statement.TOGETHER: "Teams work together during and after incidents",
}
"""Statements as people are asked, word for word."""


def gap_words(newer: Quarter, older: Quarter) -> str:
    """The quarters between two, such as `in Q2 2025` or `from Q3 2024 to Q1 2025`; empty where there are none."""
    first, last = quarter_at(older.ordinal + 1), quarter_at(newer.ordinal - 1)
    if first > last:
        return ""
    if first == last:
        return f"in {quarter_words(first)}"
    return f"from {quarter_words(first)} to {quarter_words(last)}"


def agree_words(answers: Answers) -> str:
    """`9 of 12 agree, 1 disagrees`; empty where the answers are too few to be shown."""
    if answers.counts is None:
        return ""
    disagree = sum(answers.counts[:2])
    other = f", {disagree} {'disagrees' if disagree == 1 else 'disagree'}" if disagree else ""
    return f"{answers.agree:,} of {answers.n:,} agree{other}"

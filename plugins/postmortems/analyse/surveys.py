"""Surveys of all teams by quarter: how many agreed with each statement.

All teams of a quarter are taken together, and a quarter with fewer than four answers shows none: what a small team
answered could else be told by comparing. Nothing is said about trends, since a few people more or less decide them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from postmortems.model.quarter import Quarter
from postmortems.model.survey import FEWEST, SCALE, Statement, Survey


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers to one statement in a quarter: the counts along the scale, None where they are too few to be shown."""

    statement: Statement
    counts: tuple[int, ...] | None

    @property
    def n(self) -> int | None:
        """Number of answers; None where they are not shown."""
        return None if self.counts is None else sum(self.counts)

    @property
    def agree(self) -> int | None:
        """Number of those who agree, strongly or not."""
        return None if self.counts is None else sum(self.counts[-2:])


@dataclass(frozen=True, slots=True)
class SurveyedQuarter:
    """The answers of a quarter, to each statement, and the number of surveys that they are from."""

    quarter: Quarter
    surveys: int
    answers: tuple[Answers, ...]


def surveyed_quarters(surveys: Iterable[Survey]) -> tuple[SurveyedQuarter, ...]:
    """The quarters with a survey, the newest first."""
    by_quarter: defaultdict[Quarter, list[Survey]] = defaultdict(list)
    for survey in surveys:
        by_quarter[survey.quarter].append(survey)
    return tuple(
        SurveyedQuarter(quarter, len(several), tuple(_answers(statement, several) for statement in Statement))
        for quarter, several in sorted(by_quarter.items(), reverse=True)
    )


def _answers(statement: Statement, surveys: list[Survey]) -> Answers:
    given = [survey.counts[statement] for survey in surveys if statement in survey.counts]
    totals = tuple(sum(counts[step] for counts in given) for step in range(len(SCALE)))
    return Answers(statement, totals if sum(totals) >= FEWEST else None)

"""All exercises by length, and where to find those of a pattern or a service.

Of many the newest are listed, and each year has a page for its own, in parts where these are many, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.exercise import Exercise, Length
from postmortems.analyse.reading_list import exercises
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import MANY, PageContext
from postmortems.render.base.page import Body
from postmortems.render.pages.layout import render_body
from postmortems.render.pages.services_page import FIND
from postmortems.render.words.exercise import none_words
from postmortems.render.words.formats import count_words

_FEW = 12
"""Number of exercises up to which nobody needs to search."""

Group = tuple[str, str, Sequence[Exercise]]
"""The name of a pattern or service, the address of its page, and its exercises, newest first."""

_GROUPS = 30
"""Number of patterns, and of services, whose exercises are named."""


@dataclass(frozen=True, slots=True, eq=False)
class ExercisePart:
    """The exercises of a year, oldest first, or the `number`th part of them, counted from 1.

    `year` is None where no year is known. `is_part` is True if the year has several parts.
    """

    year: int | None
    number: int
    is_part: bool
    exercises: tuple[Exercise, ...]

    @property
    def title(self) -> str:
        """The title of its page."""
        year = f"Exercises from {self.year}" if self.year else "Exercises without a year"
        return f"{year}, part {self.number}" if self.is_part else year


def exercise_parts(analysis: Analysis) -> tuple[ExercisePart, ...]:
    """The pages of all exercises, oldest first; none where one page lists all of them."""
    return analysis.once(_parts)


def _parts(analysis: Analysis) -> tuple[ExercisePart, ...]:
    made = tuple(analysis.once(exercises).by_path.values())
    return tuple(_by_year(made)) if len(made) > MANY else ()


def _by_year(made: Iterable[Exercise]) -> Iterator[ExercisePart]:
    years = sorted(made, key=lambda exercise: exercise.postmortem.year or 0)  # an undated one may be among any
    for year, found in groupby(years, key=lambda exercise: exercise.postmortem.year):
        of_year = tuple(found)
        for begin in range(0, len(of_year), MANY):
            yield ExercisePart(year, begin // MANY + 1, len(of_year) > MANY, of_year[begin : begin + MANY])


def exercise_part_page(part: ExercisePart, context: PageContext) -> Body:
    """The generated parts of `/exercises/in-<year>/`; costs the exercises of that part."""
    newest = part.exercises[::-1]
    return render_body(
        "exercise_part.html",
        f"{count_words(len(newest), 'exercise')}.",
        "Exercises made from the timelines of real incidents.",
        context=context,
        part=part,
        parts=exercise_parts(context.analysis),
        by_length=_by_length(newest),
        total=len(newest),
        script=context.addresses.file(FIND) if len(newest) > _FEW else "",
    )


def _by_length(newest: Sequence[Exercise]) -> list[tuple[Length, list[Exercise]]]:
    return [(length, [made for made in newest if made.length is length]) for length in Length]


def exercises_page(context: PageContext) -> Body:
    """The generated parts of `/exercises/`; its size has a bound, whatever the number of exercises."""
    analysis, found = context.analysis, context.analysis.once(exercises)
    newest = list(found.by_path.values())[::-1]
    total = len(analysis.postmortems)
    lede = f"{count_words(len(newest), 'exercise')} from {count_words(total, 'postmortem')}." if total else ""

    def of(postmortems: Iterable[Postmortem]) -> list[Exercise]:
        return [made for postmortem in postmortems if (made := found.by_path.get(postmortem.path))][::-1]

    patterns = [
        (
            analysis.pattern_name(name),
            context.addresses.pattern(name),
            of(occurrence.postmortem for occurrence in occurrences.everywhere),
        )
        for name, occurrences in analysis.occurrences.items()
        if name in context.corpus.pattern_by_id
    ]
    services = [
        (service.name, context.addresses.service(service.name), of(service.postmortems))
        for service in analysis.services.values()
    ]
    return render_body(
        "exercises.html",
        lede,
        "Exercises made from the timelines of real incidents.",
        context=context,
        by_length=_by_length(newest[:MANY]),
        earlier=_newest_of_each_year(exercise_parts(analysis)),
        shown=min(MANY, len(newest)),
        by_pattern=_most_first(patterns),
        by_service=_most_first(services),
        groups_shown=_GROUPS,
        total=len(newest),
        without=[none_words(reason, number) for reason, number in found.without.items()],
        script=context.addresses.file(FIND) if len(newest) > _FEW else "",
        guide=context.guide("exercises"),
    )


def _most_first(groups: Iterable[Group]) -> list[Group]:
    return sorted((group for group in groups if group[2]), key=lambda group: (-len(group[2]), group[0].casefold()))


def _newest_of_each_year(parts: Iterable[ExercisePart]) -> list[tuple[ExercisePart, int]]:
    """The last part of each year, the newest year first, and how many exercises the year has."""
    found: dict[int | None, tuple[ExercisePart, int]] = {}
    for part in parts:
        before = found[part.year][1] if part.year in found else 0
        found[part.year] = part, before + len(part.exercises)
    return [*found.values()][::-1]

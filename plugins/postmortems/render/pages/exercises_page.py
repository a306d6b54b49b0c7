"""All exercises by length, and where to find those of a pattern or a service.

Of many the newest are listed, and each year has a page for its own, in parts where these are many, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.exercise import Exercise, Length
from postmortems.analyse.reading_list import exercises
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import MANY, PageContext
from postmortems.render.base.page import Body
from postmortems.render.pages.layout import render_body
from postmortems.render.pages.services_page import FIND
from postmortems.render.pages.year_parts import YearPart, year_parts
from postmortems.render.words.exercise import none_words
from postmortems.render.words.formats import count_words

_FEW = 12
"""Number of exercises up to which nobody needs to search."""

Group = tuple[str, str, Sequence[Exercise]]
"""The name of a pattern or service, the address of its page, and its exercises, newest first."""

_GROUPS = 30
"""Number of patterns, and of services, whose exercises are named."""


def exercise_parts(analysis: Analysis) -> tuple[YearPart[Exercise], ...]:
    """The pages of all exercises, oldest first; none where one page lists all of them."""
    return analysis.once(_parts)


def _parts(analysis: Analysis) -> tuple[YearPart[Exercise], ...]:
    made = tuple(analysis.once(exercises).by_path.values())
    return year_parts(made, lambda exercise: exercise.postmortem.year)


def exercise_part_title(part: YearPart[Exercise]) -> str:
    """The title of the page of a part."""
    return f"Exercises from {part.name}" if part.year else f"Exercises: {part.name[0].lower()}{part.name[1:]}"


def exercise_part_page(part: YearPart[Exercise], context: PageContext) -> Body:
    """The generated parts of `/exercises/in-<year>/`; costs the exercises of that part."""
    newest = part.members[::-1]
    return render_body(
        "exercise_part.html",
        f"{count_words(len(newest), 'exercise')}.",
        "Exercises made from the timelines of real incidents.",
        context=context,
        part=part,
        parts=exercise_parts(context.analysis),
        title_of=exercise_part_title,
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


def _newest_of_each_year(parts: Iterable[YearPart[Exercise]]) -> list[tuple[YearPart[Exercise], int]]:
    """The last part of each year, the newest year first, and how many exercises the year has."""
    found: dict[int | None, tuple[YearPart[Exercise], int]] = {}
    for part in parts:
        before = found[part.year][1] if part.year in found else 0
        found[part.year] = part, before + len(part.members)
    return [*found.values()][::-1]

"""All exercises by length, and where to find those of a pattern or a service."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from postmortems.analyse.exercise import Exercise, Length
from postmortems.analyse.reading_list import exercises
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import PageContext
from postmortems.render.base.page import Body
from postmortems.render.pages.layout import render_body
from postmortems.render.pages.services_page import FIND
from postmortems.render.words.exercise import none_words
from postmortems.render.words.formats import count_words

_FEW = 12
"""Number of exercises up to which nobody needs to search."""

Group = tuple[str, str, Sequence[Exercise]]
"""The name of a pattern or service, the address of its page, and its exercises, newest first."""


def exercises_page(context: PageContext) -> Body:
    """The generated parts of `/exercises/`."""
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
        by_length=[(length, [made for made in newest if made.length is length]) for length in Length],
        by_pattern=_most_first(patterns),
        by_service=_most_first(services),
        total=len(newest),
        without=[none_words(reason, number) for reason, number in found.without.items()],
        script=context.addresses.file(FIND) if len(newest) > _FEW else "",
        guide=context.guide("exercises"),
    )


def _most_first(groups: Iterable[Group]) -> list[Group]:
    return sorted((group for group in groups if group[2]), key=lambda group: (-len(group[2]), group[0].casefold()))

"""All services, or all owners, by name: pages of a few hundred, where one page cannot list all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from postmortems.analyse.analysis import Analysis
from postmortems.render.base import addresses
from postmortems.render.base.context import MANY, PageContext
from postmortems.render.base.page import Body
from postmortems.render.pages.layout import render_body
from postmortems.render.words.formats import count_words

_ON_A_PAGE = 500


@dataclass(frozen=True, slots=True)
class NamePart:
    """Some names, each with the number of its incidents, in the order of the alphabet.

    `index` is the source of the page that lists the first of all, `noun` what a name is of. `number` counts from 1.
    """

    index: str
    noun: str
    number: int
    names: tuple[tuple[str, int], ...]

    @property
    def source(self) -> str:
        """The source of its page; no service and no owner can have it, since a slug has no folder."""
        return addresses.names_source(self.index, self.number)

    @property
    def span(self) -> str:
        """The first and the last of its names."""
        return f"{self.names[0][0]} – {self.names[-1][0]}"

    @property
    def title(self) -> str:
        """The title of its page."""
        return f"All {self.noun}s, part {self.number}"


def service_parts(analysis: Analysis) -> tuple[NamePart, ...]:
    """All services by name; none where one page lists all of them."""
    return analysis.once(_service_parts)


def owner_parts(analysis: Analysis) -> tuple[NamePart, ...]:
    """All owners by name; none where one page lists all of them."""
    return analysis.once(_owner_parts)


def _service_parts(analysis: Analysis) -> tuple[NamePart, ...]:
    named = ((service.name, len(service.incidents)) for service in analysis.services.values())
    return _parts(addresses.SERVICES, "service", named)


def _owner_parts(analysis: Analysis) -> tuple[NamePart, ...]:
    named = ((owner.name, len(owner.incidents)) for owner in analysis.owners.values())
    return _parts(addresses.OWNERS, "owner", named)


def _parts(index: str, noun: str, named: Iterable[tuple[str, int]]) -> tuple[NamePart, ...]:
    names = sorted(named, key=lambda pair: (pair[0].casefold(), pair[0]))
    if len(names) <= MANY:
        return ()
    begins = range(0, len(names), _ON_A_PAGE)
    return tuple(
        NamePart(index, noun, place, tuple(names[begin : begin + _ON_A_PAGE])) for place, begin in enumerate(begins, 1)
    )


def name_part_page(
    part: NamePart, parts_of: Callable[[Analysis], Sequence[NamePart]], script: str, context: PageContext
) -> Body:
    """The generated parts of `/services/by-name/<n>/` and `/owners/by-name/<n>/`; costs the names on it."""
    counted = count_words(len(part.names), part.noun)
    return render_body(
        "names.html",
        f"{counted}: {part.span}.",
        context=context,
        part=part,
        parts=parts_of(context.analysis),
        counted=counted,
        address=context.addresses.service if part.noun == "service" else context.addresses.owner,
        everything=context.addresses.services() if part.noun == "service" else context.addresses.owners(),
        script=context.addresses.file(script),
    )

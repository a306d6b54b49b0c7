"""All services that incidents have touched."""

from __future__ import annotations

from dataclasses import dataclass

from postmortems.analyse.services import Service
from postmortems.render.environment import render
from postmortems.render.page import Heading, Page
from postmortems.render.surroundings import Surroundings
from postmortems.render.words import count_words, day_words

SOURCE = "services/index.md"
TITLE = "Services"


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One service in the list."""

    name: str
    href: str
    count: int
    drills: int
    last: str
    open: int
    unknown: int


def services_page(around: Surroundings) -> Page:
    """The generated parts of `/services/`; a service named in most incidents comes first."""
    lines = sorted(
        (_line(one, around) for one in around.analysis.services.values()), key=lambda line: (-line.count, line.name)
    )
    lede = f"{count_words(len(lines), 'service')}, each with what to read before touching it."
    title = "" if around.is_authored(SOURCE) else TITLE
    return Page(
        TITLE,
        render("head.html", title=title, look="", lede=lede if lines else "", kicker=(), mark="", hero=False),
        render("services.html", lines=lines, today=around.analysis.today, guide=around.guide("writing")),
        (Heading("all-services", "All services"),) if lines else (),
        lede if lines else "",
    )


def _line(service: Service, around: Surroundings) -> ServiceLine:
    incidents = service.incidents
    last = next((one.day for one in reversed(incidents) if one.day), None)
    progress = [around.analysis.progress_of(one) for one in incidents]
    return ServiceLine(
        name=service.name,
        href=around.addresses.service(service.name),
        count=len(incidents),
        drills=len(service.postmortems) - len(incidents),
        last=day_words(last),
        open=sum(one.open for one in progress),
        unknown=sum(one.unknown for one in progress),
    )

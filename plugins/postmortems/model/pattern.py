"""A way of failing that incidents share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from postmortems.model.diagnostic import Problem
from postmortems.model.excerpt import Excerpt
from postmortems.model.link import Link
from postmortems.model.section import Body
from postmortems.model.waiver import Waiver


class Role(StrEnum):
    """Part that a pattern played in one incident."""

    TRIGGER = "trigger"
    CONTRIBUTING = "contributing"
    DETECTION = "detection"
    MITIGATION = "mitigation"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One page below `patterns/`.

    `id` is the file's name without its ending, `path` the file below the docs folder. `family` groups patterns
    for shape and colour; `signals` are words and root-cause labels that suggest the pattern; `excerpts` are the lines
    that may hold a secret or personal data.
    """

    id: str
    path: str
    title: str
    family: str
    body: Body
    aliases: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    description: str = ""
    links: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    excerpts: tuple[Excerpt, ...] = ()

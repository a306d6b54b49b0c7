"""The templates that authors fill in: the repository's own, else those of the package in the language of its documents.

Each language has two files beside this one, `<code>.md` and, for the short form of a near miss, `near-miss/<code>.md`.
The repository's own are taken to be in the first of its languages.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib.resources import files as package_files
from pathlib import Path

from postmortems.model.diagnostic import Problem
from postmortems.model.front_matter import IncidentKind
from postmortems.read.languages import ENGLISH
from postmortems.read.opening import open_inside
from postmortems.read.text import read_text

TEMPLATE = "templates/postmortem-template.md"
"""Path of the repository's own template below its docs folder."""

NEAR_MISS_TEMPLATE = "templates/near-miss-template.md"
"""Path of the one for near misses."""


def template_path(kind: IncidentKind = IncidentKind.INCIDENT) -> str:
    """The path, below the docs folder, of the repository's own template for a kind."""
    return NEAR_MISS_TEMPLATE if kind is IncidentKind.NEAR_MISS else TEMPLATE


def read_template(
    docs: Path, language: str, kind: IncidentKind = IncidentKind.INCIDENT
) -> tuple[str, tuple[Problem, ...]]:
    """The repository's own template, else that of the package in a language; and why its own, if it has one, is not
    it."""
    problems: tuple[Problem, ...] = ()
    path = template_path(kind)
    if os.path.lexists(docs / path) and not (docs / path).is_dir():
        data, problem = open_inside(docs, path)
        source, no_text = read_text(path, data)
        if problem is None and no_text is None:
            return source.text, ()
        problems = tuple(filter(None, (problem or no_text,)))
    return packaged_template(language, kind), problems


def read_templates(docs: Path, languages: Iterable[str]) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The templates that a postmortem may have been begun from, and what is wrong with the repository's own.

    First that of the first language and that of its near misses, as `read_template` gives them, then those of the
    package in the others and in English.
    """
    first, *others = dict.fromkeys((*languages, *ENGLISH))
    template, problems = read_template(docs, first)
    near_miss, further = read_template(docs, first, IncidentKind.NEAR_MISS)
    packaged = (packaged_template(other, kind) for other in others for kind in _KINDS)
    return (template, near_miss, *packaged), (*problems, *further)


def packaged_template(language: str = "en", kind: IncidentKind = IncidentKind.INCIDENT) -> str:
    """The template that ships with the package."""
    name = f"near-miss/{language}.md" if kind is IncidentKind.NEAR_MISS else f"{language}.md"
    return package_files(__package__).joinpath(name).read_text("utf-8")


_KINDS = (IncidentKind.INCIDENT, IncidentKind.NEAR_MISS)

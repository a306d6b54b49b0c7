"""The template that authors fill in: the repository's own, else the one of the package in the language of its
documents, which is a file beside this one. The repository's own is taken to be in the first of its languages."""

from __future__ import annotations

import os
from collections.abc import Iterable
from importlib.resources import files as package_files
from pathlib import Path

from postmortems.model.diagnostic import Problem
from postmortems.read.languages import ENGLISH
from postmortems.read.opening import open_inside
from postmortems.read.text import read_text

TEMPLATE = "templates/postmortem-template.md"
"""Path of the repository's own template below its docs folder."""


def read_template(docs: Path, language: str) -> tuple[str, tuple[Problem, ...]]:
    """The repository's own template, else that of the package in a language; and why its own, if it has one, is not
    it."""
    problems: tuple[Problem, ...] = ()
    if os.path.lexists(docs / TEMPLATE) and not (docs / TEMPLATE).is_dir():
        data, problem = open_inside(docs, TEMPLATE)
        source, no_text = read_text(TEMPLATE, data)
        if problem is None and no_text is None:
            return source.text, ()
        problems = tuple(filter(None, (problem or no_text,)))
    return packaged_template(language), problems


def read_templates(docs: Path, languages: Iterable[str]) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The templates that a postmortem may have been begun from: that of the first language, as `read_template` gives
    it, then those of the package in the others and in English; and what is wrong with the repository's own."""
    first, *others = dict.fromkeys((*languages, *ENGLISH))
    template, problems = read_template(docs, first)
    return (template, *map(packaged_template, others)), problems


def packaged_template(language: str = "en") -> str:
    """The template that ships with the package."""
    return package_files(__package__).joinpath(f"{language}.md").read_text("utf-8")

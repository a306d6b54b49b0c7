"""One file below `patterns/` → one Pattern."""

from __future__ import annotations

from pathlib import PurePosixPath

from pydantic import BaseModel, ConfigDict, Field
from pydantic_core import ErrorDetails

from postmortems.model.diagnostic import Problem
from postmortems.model.front_matter import HOST_KEYS, Text
from postmortems.model.pattern import Pattern
from postmortems.model.place import Place
from postmortems.model.postmortem import KeyPath
from postmortems.model.section import Body
from postmortems.read.body import read_body
from postmortems.read.declared import Declaration, wrong_value
from postmortems.read.excerpts import read_excerpts
from postmortems.read.front_matter import split_front_matter
from postmortems.read.host_values import host_problems
from postmortems.read.links import read_links
from postmortems.read.markup_cost import overcomplex
from postmortems.read.text import read_text
from postmortems.read.waivers import read_waivers
from postmortems.read.yaml_nodes import YamlDocument
from postmortems.settings import Settings
from postmortems.text.slug import composed

FOLDER = "patterns"


class PatternFrontMatter(BaseModel):
    """Front matter of a pattern's page."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Text | None = Field(None, description="The pattern's name")
    family: Text | None = Field(None, description="The family it belongs to: database, deployment, monitoring, …")
    aliases: tuple[Text, ...] = Field((), description="Other names that authors may use")
    signals: tuple[Text, ...] = Field((), description="Words and root-cause labels that suggest it")


PATTERN_KEYS = tuple(PatternFrontMatter.model_fields)
_REQUIRED = {"title": "add a line with it", "family": "write `family: database`, or another family"}


def _empty(key: str, place: Place) -> Problem:
    rule = "missing-field" if key in _REQUIRED else "invalid-value"
    return Problem(rule, place, f'"{key}" has no value', _REQUIRED.get(key, "write one, or remove the line"))


def _wrong(error: ErrorDetails, document: YamlDocument, location: KeyPath) -> Problem:
    return wrong_value(error, document, location, str(location[0]), "write one line of text")


_DECLARATION = Declaration(PatternFrontMatter, PATTERN_KEYS, "a pattern's front matter", _empty, _wrong, HOST_KEYS)


def read_pattern(path: str, data: bytes, settings: Settings) -> Pattern:
    """The pattern in the file at `path` (below the docs folder); a pure function of its arguments."""
    name = composed(PurePosixPath(path).stem)
    source, unreadable = read_text(path, data)
    if unreadable:
        return unread_pattern(path, unreadable)
    read = split_front_matter(source)
    matter, others, unfit = _DECLARATION.read(read.values, read.document)
    problems = [*read.problems, *filter(None, (overcomplex(source),)), *unfit, *host_problems(read, PATTERN_KEYS)]
    if read.values or not read.problems:  # Of front matter that cannot be read nobody knows what it lacks.
        problems += [
            Problem("missing-field", Place.at(path), f'the front matter has no "{key}"', advice)
            for key, advice in _REQUIRED.items()
            if key not in read.values
        ]
    body = read_body(read.body, settings.synonyms)
    waivers, waiver_problems = read_waivers(source, read, body)
    description = others.get("description")
    return Pattern(
        id=name,
        path=path,
        title=matter.title or _title_from(path),
        family=(matter.family or "other").casefold(),
        body=body,
        aliases=matter.aliases,
        signals=matter.signals,
        description=description if isinstance(description, str) else "",
        links=read_links(body),
        problems=(*problems, *waiver_problems),
        waivers=waivers,
        excerpts=read_excerpts(source, settings.personal_data),
    )


def unread_pattern(path: str, problem: Problem) -> Pattern:
    """A pattern without content, for a file that cannot be read at all."""
    body = Body(1, (), path=path)
    return Pattern(composed(PurePosixPath(path).stem), path, _title_from(path), "", body, problems=(problem,))


def _title_from(path: str) -> str:
    return PurePosixPath(path).stem.replace("-", " ").capitalize()

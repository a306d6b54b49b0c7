"""One file below `patterns/` → one Pattern."""

from __future__ import annotations

from pathlib import PurePosixPath

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from postmortems.model.diagnostic import Problem
from postmortems.model.front_matter import HOST_KEYS, Text
from postmortems.model.pattern import Pattern
from postmortems.model.place import Place
from postmortems.model.section import Body
from postmortems.read.body import read_body
from postmortems.read.declared import unknown_key
from postmortems.read.excerpts import read_excerpts
from postmortems.read.front_matter import split_front_matter
from postmortems.read.host_values import host_problems
from postmortems.read.links import read_links
from postmortems.read.markup_cost import overcomplex
from postmortems.read.text import read_text
from postmortems.read.waivers import read_waivers
from postmortems.settings import Settings
from postmortems.text.slug import composed

FOLDER = "patterns"


class PatternFrontMatter(BaseModel):
    """Front matter of a pattern's page."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Text = Field(description="The pattern's name")
    family: Text = Field(description="The family it belongs to: database, deployment, monitoring, …")
    aliases: tuple[Text, ...] = Field((), description="Other names that authors may use")
    signals: tuple[Text, ...] = Field((), description="Words and root-cause labels that suggest it")


PATTERN_KEYS = tuple(PatternFrontMatter.model_fields)


def read_pattern(path: str, data: bytes, settings: Settings) -> Pattern:
    """The pattern in the file at `path` (below the docs folder); a pure function of its arguments."""
    name = composed(PurePosixPath(path).stem)
    source, unreadable = read_text(path, data)
    if unreadable:
        return unread_pattern(path, unreadable)
    read = split_front_matter(source)
    problems = [*read.problems, *filter(None, (overcomplex(source),))]
    values = {key: value for key, value in read.values.items() if key in PATTERN_KEYS}
    problems.extend(
        unknown_key(read.document.keys[(key,)], key, "a pattern's front matter", PATTERN_KEYS)
        for key in read.values
        if key not in PATTERN_KEYS and key not in HOST_KEYS and not key.startswith("x-")
    )
    problems.extend(host_problems(read, PATTERN_KEYS))
    try:
        matter = PatternFrontMatter.model_validate(values)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            # Of front matter that cannot be read nobody knows what it lacks.
            if details["type"] != "missing" or not read.problems or read.values:
                problems.append(_problem(details["type"], tuple(details["loc"]), path, read.document.places))
            values.pop(str(details["loc"][0]), None)
        matter = PatternFrontMatter.model_validate({"title": _title_from(path), "family": "other"} | values)
    body = read_body(read.body, settings.synonyms)
    waivers, waiver_problems = read_waivers(source, read, body)
    description = read.values.get("description")
    return Pattern(
        id=name,
        path=path,
        title=matter.title,
        family=matter.family.casefold(),
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


def _problem(
    kind: str, location: tuple[str | int, ...], path: str, places: dict[tuple[str | int, ...], Place]
) -> Problem:
    key = str(location[0])
    place = places.get(location) or places.get((key,))
    if kind == "missing":
        advice = "write `family: database`, or another family" if key == "family" else "add a line with it"
        return Problem("missing-field", Place.at(path), f'the front matter has no "{key}"', advice)
    shape = "a list of texts" if key in ("aliases", "signals") else "one text"
    return Problem("invalid-value", place or Place.at(path), f'"{key}" is not {shape}', f"write it as {shape}")

"""The front matter that a document brings along: YAML between `---`, or TOML between `+++` as Hugo and Zola have it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date, time

from postmortems.model.diagnostic import Problem
from postmortems.model.place import Place
from postmortems.model.postmortem import KeyPath
from postmortems.model.source import Source
from postmortems.read.front_matter import ReadFrontMatter, split_front_matter
from postmortems.read.yaml_nodes import YamlDocument

_TOML = re.compile(r"\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_KEY = re.compile(r"^([\w-]+)[ \t]*=", re.MULTILINE)
_AT_LINE = re.compile(r"\s*\(at line (\d+), column \d+\)\Z|\s*\(at end of document\)\Z")


def split(source: Source) -> ReadFrontMatter:
    """The front matter and the body of a file; what is neither YAML nor TOML between fences is text of the body."""
    read = split_front_matter(source)
    if read.found:
        return read
    if found := _TOML.match(source.text):
        return _read_toml(source, found)
    return replace(read, body=source)


def _read_toml(source: Source, found: re.Match[str]) -> ReadFrontMatter:
    body = Source(source.path, source.text[found.end() :], found[0].count("\n") + 1)
    try:
        values = tomllib.loads(found[1])
    except tomllib.TOMLDecodeError as error:
        where = _AT_LINE.search(str(error))
        line = 1 + int(where[1]) if where and where[1] else 1
        message = f"the front matter is not TOML: {_AT_LINE.sub('', str(error))}"
        return ReadFrontMatter(body, found=True, problems=[Problem("invalid-yaml", source.place(line), message, "")])
    places: dict[KeyPath, Place] = {
        (key[1],): source.place(2 + found[1].count("\n", 0, key.start())) for key in _KEY.finditer(found[1])
    }
    return ReadFrontMatter(body, YamlDocument({key: _plain(value) for key, value in values.items()}, places), True)


def _plain(value: object) -> object:
    """A value of TOML in the types of YAML, days and times as they are written."""
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value

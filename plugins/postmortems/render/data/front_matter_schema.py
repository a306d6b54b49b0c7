"""`/schema/postmortem.schema.json`: the front matter of a postmortem, for editors and for programs that write one.

It comes from the declaration that reads what authors write, and knows the settings' severities and the patterns that
have a page. It says nothing that the check would not; what takes more than one value to tell, such as the order of the
moments, only the check does.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from postmortems.model.corpus import Corpus
from postmortems.model.front_matter import (
    EVEN_IN_DRAFTS,
    HOST_KEYS,
    MOMENTS,
    REQUIRED,
    UNKNOWN_IN_ANY_CASE,
    FrontMatter,
    IncidentKind,
    Status,
)
from postmortems.render.data.schema import DIALECT, Plain
from postmortems.settings import Settings

FILE = "schema/postmortem.schema.json"


def front_matter_schema(corpus: Corpus, settings: Settings) -> dict[str, Any]:
    """The schema as a mapping."""
    declared = FrontMatter.model_json_schema(mode="validation", schema_generator=Plain)
    properties = {name: _written(shape) for name, shape in declared["properties"].items() if name != "host"}
    properties["severity"] = _choice(settings.severities) | {"description": properties["severity"]["description"]}
    definitions = {name: _untitled(shape) for name, shape in declared["$defs"].items()}
    if corpus.patterns:
        ids = _choice(pattern.id for pattern in corpus.patterns)
        definitions["Occurrence"]["properties"]["pattern"] = ids
        properties["patterns"]["items"]["anyOf"][0] = ids
    host = {key: {"description": "A key of MkDocs or Material, passed through"} for key in HOST_KEYS}
    once_finished = [key for key in REQUIRED if key not in (*EVEN_IN_DRAFTS, *MOMENTS)]
    return {
        "$schema": DIALECT,
        "title": "Front matter of a postmortem",
        "type": "object",
        "properties": properties | host,
        "patternProperties": {"^x-": {"description": "A key of your own"}},
        "additionalProperties": False,
        "required": list(EVEN_IN_DRAFTS),
        "allOf": [
            {"if": _NOT_A_DRAFT, "then": {"required": once_finished, "properties": {"services": {"minItems": 1}}}},
            {"if": _NOT_A_DRAFT, "then": {"if": _NEAR_MISS, "then": _SOME_DAY, "else": {"required": list(MOMENTS)}}},
            {"if": {"allOf": [_NOT_A_DRAFT, _BEGIN_UNKNOWN]}, "then": {"required": ["date"]}},
            {"if": _is("status", {"const": Status.PUBLISHED.value}), "then": {"required": ["published_on"]}},
        ],
        "$defs": definitions,
    }


def _written(shape: dict[str, Any]) -> dict[str, Any]:
    """Schema of what an author may write for a key: never null, by which the declaration marks a key that is absent."""
    shape = {**_untitled(shape)}
    choices = [choice for choice in shape.pop("anyOf", []) if choice != {"type": "null"}]
    return {"anyOf": choices} | shape if len(choices) > 1 else {**(choices[0] if choices else {}), **shape}


def _untitled(shape: Any) -> Any:
    """A schema without the titles that repeat names, and the defaults that no author means."""
    if isinstance(shape, list):
        return [_untitled(item) for item in shape]
    if not isinstance(shape, dict):
        return shape
    # Among the properties of a thing `title` is one of them.
    return {
        key: {name: _untitled(item) for name, item in value.items()} if key == "properties" else _untitled(value)
        for key, value in shape.items()
        if key not in ("title", "default")
    }


def _choice(names: Iterable[str]) -> dict[str, Any]:
    return {"type": "string", "enum": list(names)}


def _is(key: str, shape: dict[str, Any]) -> dict[str, Any]:
    return {"properties": {key: shape}, "required": [key]}


_NOT_A_DRAFT = _is("status", {"not": {"const": Status.DRAFT.value}})
_NEAR_MISS = _is("kind", {"const": IncidentKind.NEAR_MISS.value})
_SOME_DAY = {"anyOf": [{"required": ["date"]}, {"required": ["started_at"]}]}
_BEGIN_UNKNOWN = _is("started_at", {"pattern": rf"^\s*{UNKNOWN_IN_ANY_CASE}\s*$"})

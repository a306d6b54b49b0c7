"""The JSON Schema of a data file, from the declaration of what it holds."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

DIALECT = "https://json-schema.org/draft/2020-12/schema"


class Plain(GenerateJsonSchema):
    """Schema without the titles that repeat the names of the fields."""

    schema_dialect = DIALECT

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False


def schema_of(declaration: type, title: str) -> dict[str, Any]:
    """The schema of a declared file as a mapping."""
    schema = TypeAdapter(declaration).json_schema(mode="serialization", schema_generator=Plain)
    if properties := schema.get("properties"):
        # A file names its schema, so the name is a field like any other.
        schema["properties"] = {
            "$schema": {"type": "string", "description": "The address of this schema"},
            **properties,
        }
    return {"$schema": DIALECT, "title": title} | {key: value for key, value in schema.items() if key != "title"}


@cache
def schema_file(declaration: type, title: str) -> str:
    """The schema of a declared file as the text of a file of its own, made once a process."""
    return schema_text(schema_of(declaration, title))


def schema_text(schema: dict[str, Any]) -> str:
    """A schema as the text of its file."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"

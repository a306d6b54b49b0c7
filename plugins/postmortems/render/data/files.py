"""All data files of a site, by their place below its root."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.render.data import index
from postmortems.render.data.schema import schema_of, schema_text
from postmortems.render.surroundings import Surroundings


def data_files(around: Surroundings) -> Iterator[tuple[str, str]]:
    """Each file's place and its text. `around` sees the addresses from the site's root."""
    yield index.FILE, index.index_json(around)
    yield from schema_files()


def schema_files() -> Iterator[tuple[str, str]]:
    """The JSON Schemas of the data files, which depend on nothing but the code."""
    yield index.SCHEMA, schema_text(schema_of(index.Index, "The compact index of postmortems"))

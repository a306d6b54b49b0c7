"""The guide's pages of the data files: their tables are those of the declarations."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.builders import data_context
from tests.render.data.field_tables import DECLARATIONS, fields_table

from postmortems.render.data.files import data_files

FOLDER = Path(__file__).parents[3] / "docs/guide"
PAGE = (FOLDER / "data.md").read_text("utf-8")
TABLES = "\n".join(path.read_text("utf-8") for path in (*sorted(FOLDER.glob("data-*.md")), FOLDER / "exercises.md"))


@pytest.mark.parametrize("name", DECLARATIONS)
def test_the_table_in_the_guide_is_that_of_the_declaration(name: str) -> None:
    found = re.search(rf"^<!-- fields of {name} -->\n\n((?:\|.*\n)+)", TABLES, re.MULTILINE)
    assert found, f"the guide has no table of {name}"
    assert found[1] == fields_table(DECLARATIONS[name]) + "\n"


@pytest.mark.parametrize("uri", [*data_files(data_context())])
def test_every_file_is_in_the_guide(uri: str) -> None:
    assert f"`{uri}`" in PAGE

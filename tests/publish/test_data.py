"""The files for machines, as a build writes them and other programs read them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import feedparser
import pytest
import vobject
from jsonschema import Draft202012Validator

ROOT = Path(__file__).parents[2]
POSTMORTEMS = list((ROOT / "docs/postmortems").glob("*/*/postmortem.md"))

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[[dict[str, str | bytes]], Path]


def built(folder: Path, run_in: Run) -> Path:
    done = run_in(folder, "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def own_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This repository's own site, built once."""
    from tests.conftest import run

    folder = tmp_path_factory.mktemp("site")
    done = run(ROOT, "mkdocs", "build", "--strict", "--site-dir", str(folder))
    assert done.returncode == 0, done.stderr
    return folder


@pytest.mark.parametrize("name", ["index", "postmortems", "actions"])
def test_each_json_file_keeps_to_the_schema_that_it_names(name: str, own_site: Path) -> None:
    file = own_site / "data" / f"{name}.json"
    data = json.loads(file.read_bytes())
    schema = json.loads((file.parent / data["$schema"]).read_bytes())
    Draft202012Validator.check_schema(schema)
    errors = [f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(data)]
    assert errors == []
    assert data["version"] == 1


def test_the_feed_is_valid(own_site: Path) -> None:
    feed = feedparser.parse((own_site / "feed.xml").read_bytes())
    assert (feed.bozo, feed.version, len(feed.entries)) == (False, "atom10", min(50, len(POSTMORTEMS)))
    assert all(entry.id and entry.link and entry.author and entry.updated for entry in feed.entries)


def test_the_calendar_is_one(own_site: Path) -> None:
    calendar = vobject.readOne((own_site / "actions.ics").read_text("utf-8"))
    calendar.validate(raiseException=True)


def test_an_authored_file_wins(write: Write, run_in: Run) -> None:
    site = built(write({"docs/data/index.json": '{"mine": true}'}), run_in)
    assert json.loads((site / "data/index.json").read_bytes()) == {"mine": True}


def test_two_builds_are_equal_to_the_byte(write: Write, run_in: Run) -> None:
    folder = write({})
    first = {
        path: path.read_bytes() for name in ("data", "schema") for path in (built(folder, run_in) / name).iterdir()
    }
    built(folder, run_in)
    assert first == {path: path.read_bytes() for path in first}
    assert first

"""The files for machines, as a build writes them and other programs read them."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import feedparser
import pytest
import vobject
from jsonschema import Draft202012Validator
from tests.code_blocks import BLOCKS, ROOT

POSTMORTEMS = list((ROOT / "docs/postmortems").glob("*/*/postmortem.md"))

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[[dict[str, str | bytes]], Path]


def build(folder: Path, run_in: Run) -> Path:
    done = run_in(folder, "mkdocs", "build", "--strict")
    assert done.returncode == 0, done.stderr
    return folder / "site"


@pytest.fixture
def own_site(built: Callable[[str], Path]) -> Path:
    """This repository's own site."""
    return built("own")


@pytest.mark.parametrize("name", ["index", "postmortems", "actions", "metrics"])
def test_each_json_file_keeps_to_the_schema_that_it_names(name: str, own_site: Path) -> None:
    file = own_site / "data" / f"{name}.json"
    data = json.loads(file.read_bytes())
    schema = json.loads((file.parent / data["$schema"]).read_bytes())
    Draft202012Validator.check_schema(schema)
    errors = [f"{error.json_path}: {error.message}" for error in Draft202012Validator(schema).iter_errors(data)]
    assert errors == []
    assert data["version"] == {"metrics": 2}.get(name, 1)


def test_each_postmortem_has_a_record_that_is_as_long_as_itself(own_site: Path) -> None:
    rows = json.loads((own_site / "data/postmortems.json").read_bytes())["postmortems"]
    assert len(rows) == len(POSTMORTEMS)
    schema = Draft202012Validator(json.loads((own_site / "schema/record.schema.json").read_bytes()))
    for row in rows:
        file = own_site / row["record"]
        data = json.loads(file.read_bytes())
        assert [f"{error.json_path}: {error.message}" for error in schema.iter_errors(data)] == []
        assert (file.parent / data["$schema"]).samefile(own_site / "schema/record.schema.json")
        assert data["postmortem"] == row
        page = (own_site / row["url"] / "index.html").read_text("utf-8")
        assert [event["anchor"] for event in data["events"] if f' id="{event["anchor"]}"' not in page] == []
        assert [
            action["url"] for action in data["actions"] if f' id="{action["url"].partition("#")[2]}"' not in page
        ] == []
        source = (ROOT / "docs" / row["path"]).read_text("utf-8").split("\n")
        assert all(source[action["line"] - 1].lstrip().startswith("- [") for action in data["actions"])
        assert all(source[line - 1].strip() for line in data["lines"].values())
        told = "\n".join(section["markdown"] for section in data["sections"])
        # Whatever is neither front matter, a heading nor blank is in a section.
        written = [line for line in source[source.index("---", 1) + 1 :] if line.strip() and not line.startswith("#")]
        assert [line for line in written if line not in told and "<!--" not in line] == []


def test_the_command_prints_what_the_file_holds(own_site: Path, run_in: Run) -> None:
    for name in ("2018/01-github-mysql-split", "2017/01-gitlab-database-deletion"):
        done = run_in(ROOT, "postmortems", "show", name, "--format", "json")
        assert (done.returncode, done.stdout) == (0, (own_site / f"data/postmortems/{name}.json").read_text("utf-8"))


def test_the_feed_is_valid(own_site: Path) -> None:
    feed = feedparser.parse((own_site / "feed.xml").read_bytes())
    assert (feed.bozo, feed.version, len(feed.entries)) == (False, "atom10", min(50, len(POSTMORTEMS)))
    assert all(entry.id and entry.link and entry.author and entry.updated for entry in feed.entries)


def test_the_calendar_is_one(own_site: Path) -> None:
    calendar = vobject.readOne((own_site / "actions.ics").read_text("utf-8"))
    calendar.validate(raiseException=True)


def test_an_authored_file_wins(write: Write, run_in: Run) -> None:
    site = build(write({"docs/data/index.json": '{"mine": true}'}), run_in)
    assert json.loads((site / "data/index.json").read_bytes()) == {"mine": True}


def test_two_builds_are_equal_to_the_byte(write: Write, run_in: Run) -> None:
    folder = write({})
    site = build(folder, run_in)
    files = [path for name in ("data", "schema") for path in (site / name).rglob("*") if path.is_file()]
    first = {path: path.read_bytes() for path in files}
    build(folder, run_in)
    assert first == {path: path.read_bytes() for path in first}
    assert site / "data/postmortems/2026/01-checkout.json" in first


def blocks(language: str) -> list[str]:
    return [block.content for block in BLOCKS if block.page.startswith("data-") and block.language == language]


def runs(command: list[str], folder: Path) -> str:
    """What a program of others prints; without it the test is skipped, which CI does not allow."""
    if shutil.which(command[0]) is None:
        (pytest.fail if os.environ.get("POSTMORTEMS_NEED_TOOLS") else pytest.skip)(f"{command[0]} is not installed")
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.fixture
def site_folder(own_site: Path, tmp_path: Path) -> Path:
    """A folder in which our own site is called `site`, as the guide calls it."""
    (tmp_path / "site").symlink_to(own_site)
    return tmp_path


def test_the_guides_questions_to_jq_have_answers(site_folder: Path) -> None:
    questions = [block for block in blocks("sh") if block.startswith("jq ")]
    answers = [runs(["jq", *shlex.split(one)[1:]], site_folder) for block in questions for one in split_commands(block)]
    index, medians, longest, services, overdue, course, factors = answers
    assert all(re.match(r"\d+ h  \S", line) for line in longest.splitlines())
    assert len(services.splitlines()) == 3
    assert course.startswith("0 min  A failing 100G optical device")
    assert factors.startswith("- ")
    assert overdue == ""  # no item of a public incident is known to be open
    assert all(re.match(r"\d{4}  [\d.]+ min, of \d+ known", line) for line in medians.splitlines())
    assert all(set(row) == {"id", "to_detect_seconds", "summary"} for row in json_values(index))


def json_values(text: str) -> list[dict[str, object]]:
    """The values that stand one after another in what jq prints."""
    found: list[dict[str, object]] = []
    while text := text.lstrip():
        value, end = json.JSONDecoder().raw_decode(text)
        found.append(value)
        text = text[end:]
    assert found
    return found


def split_commands(block: str) -> list[str]:
    """The commands of a block, of which each begins with `jq`."""
    return [f"jq {rest}" for rest in re.split(r"^jq ", block, flags=re.MULTILINE) if rest]


def test_the_guides_python_reads_the_csv(site_folder: Path) -> None:
    (code,) = blocks("python")
    found = runs([sys.executable, "-c", f"{code}\nprint(len(actions), sorted(actions[0])[:2])"], site_folder)
    count = len(json.loads((site_folder / "site/data/actions.json").read_bytes())["actions"])
    assert found == f"{count} ['done', 'dropped_because']\n"


def test_the_guides_javascript_reads_the_index(site_folder: Path) -> None:
    (code,) = blocks("js")
    code = code.replace(
        'await (await fetch("data/index.json")).json()',
        'JSON.parse(require("fs").readFileSync("site/data/index.json"))',
    )
    oldest = min(path.parent.relative_to(ROOT / "docs").as_posix() for path in POSTMORTEMS)
    found = runs(
        ["node", "-e", f"(async () => {{{code}; console.log(rows.length, address(rows.at(-1)))}})()"], site_folder
    )
    assert found == f"{len(POSTMORTEMS)} {oldest}/\n"

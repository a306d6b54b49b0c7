"""What the guide shows as printed is printed: the code blocks that hold the output of a command, or a file it makes."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from postmortems.check.registry import RULES
from tests.code_blocks import of_kind
from tests.commands import run_other
from tests.conftest import POSTMORTEM, POSTMORTEM_PATH, Write

Run = Callable[..., subprocess.CompletedProcess[str]]

CHECK = ("postmortems", "check")
CHANGED = (*CHECK, "--changed-since", "origin/main")
WITHOUT_FACTORS = re.sub(r"### Contributing Factors\n.*?(?=## )", "", POSTMORTEM, flags=re.DOTALL)


def output(done: subprocess.CompletedProcess[str]) -> str:
    return done.stdout + done.stderr


def two_errors(folder: Path, run_in: Run) -> str:
    (folder / POSTMORTEM_PATH).write_text(WITHOUT_FACTORS.replace("14:23:00Z", "14:23:00"), "utf-8")
    return output(run_in(folder, *CHECK))


def blame(folder: Path, run_in: Run) -> str:
    text = POSTMORTEM.replace("Connections leaked on one error path.", "The on-call engineer ignored the disk alert.")
    (folder / POSTMORTEM_PATH).write_text(text, "utf-8")
    return output(run_in(folder, *CHECK)).replace("\n\n1 warning in 2 files", "")


def fresh_draft(folder: Path, run_in: Run) -> str:
    (folder / "docs/postmortems/2026/01-checkout").rename(folder / "docs/postmortems/2026/03-checkout")
    options = ("--started", "2026-11-17T14:23Z", "--service", "search", "--pattern", "database-issues")
    run_in(folder, "postmortems", "new", "Search", "--severity", "SEV2", *options)
    return output(run_in(folder, *CHECK))


def other_folder(folder: Path, run_in: Run) -> str:
    (folder / "docs/postmortems").rename(folder / "docs/incidents")
    (folder / "docs/incidents/second.md").write_text(POSTMORTEM, "utf-8")
    return output(run_in(folder, *CHECK))


def shallow_clone(folder: Path, run_in: Run) -> str:
    for command in (
        "init --quiet --initial-branch=main",
        "add --all",
        "commit --quiet --message=x",
        "checkout --quiet -b branch",
        f"clone --quiet --depth=1 --branch=branch file://{folder} clone",
    ):
        run_other(folder, "git", *command.split()).check_returncode()
    return output(run_in(folder / "clone", *CHANGED))


def repository_of_another(folder: Path, run_in: Run) -> str:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        pytest.skip("only root can give a folder away")
    run_other(folder, "git", "init", "--quiet").check_returncode()
    for path in (folder, folder / ".git"):
        os.chown(path, 12345, 12345)
    return output(run_in(folder, *CHANGED)).replace(str(folder), "/builds/handbook")


PRINTED = [two_errors, blame, fresh_draft, other_folder, shallow_clone, repository_of_another]
COUNTS = re.compile(r"^\d+ errors, \d+ warnings in ", re.MULTILINE)


@pytest.mark.parametrize("printed", PRINTED, ids=lambda printed: printed.__name__)
def test_what_the_guide_shows_is_printed(printed: Callable[[Path, Run], str], write: Write, run_in: Run) -> None:
    said = printed(write({}), run_in)
    shown = [block for block in of_kind("output") if block.content.splitlines()[0] in said.splitlines()]
    assert len(shown) == 1, said
    assert shown[0].content.strip() in said


def test_the_counts_that_the_guide_shows_add_up() -> None:
    (block,) = [one for one in of_kind("output") if COUNTS.search(one.content)]
    assert len(of_kind("output")) == len(PRINTED) + 1
    *counts, last = block.content.splitlines()
    rules = {rule.code: rule for rule in RULES}
    levels: Counter[str] = Counter()
    for line in counts:
        found = re.fullmatch(r" *(\d+)  (PM\d{3}) ([\w-]+) \[(\w+)\]", line)
        assert found, line
        count, code, name, level = found.groups()
        assert (rules[code].name, rules[code].level) == (name, level)
        levels[level] += int(count)
    assert last.startswith(f"{levels['error']} errors, {levels['warning']} warnings in ")


def test_a_report_as_json_is_what_the_guide_shows(write: Write, run_in: Run) -> None:
    (block,) = of_kind("report as JSON")
    done = run_in(write({POSTMORTEM_PATH: WITHOUT_FACTORS}), *CHECK, "--format", "json")
    assert json.loads(done.stdout) == json.loads(block.content)


def test_the_index_is_what_the_guide_shows_of_it(write: Write, run_in: Run) -> None:
    (block,) = of_kind("JSON with parts left out")
    folder = write({})
    run_in(folder, "mkdocs", "build", "--quiet")
    index = (folder / "site/data/index.json").read_text("utf-8")
    for part in block.content.split("…"):
        lines = part.strip(",] \n").split("\n")
        assert re.search(r"\s*".join(re.escape(line.strip()) for line in lines), index), part

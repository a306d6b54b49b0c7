"""The jobs that keep one issue of what is due, and one comment on a change: their scripts, with a forge that only writes
down what it is asked for."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

SCAFFOLD = Path(__file__).parents[1] / "plugins/postmortems/start/scaffold"
MARK = "<!-- postmortems remind -->"
GH = """\
#!/usr/bin/env bash
while [ $# -gt 0 ]; do
  case $1 in --jq) filter=$2; shift ;; --method) method=$2; shift ;; --field) fields+=("$2"); shift ;; repos/*) url=$1 ;; esac
  shift
done
if [ -n "$filter" ]; then jq --raw-output "$filter" there.json; else echo "$method $url ${fields[*]}" >> asked; fi
"""
CURL = """\
#!/usr/bin/env bash
while [ $# -gt 0 ]; do
  case $1 in
    --request) method=$2; shift ;; --data*) data+=("$2"); shift ;; --output) shift ;; --header) token=$2; shift ;;
    https://*) url=$1 ;;
  esac
  shift
done
[ "$token" = "PRIVATE-TOKEN: secret" ] || exit 22
if [ ${#data[@]} -eq 0 ]; then cat there.json; else echo "${method:-POST} $url ${data[*]}" >> asked; fi
"""


def bot(number: int, body: str | None, login: str = "github-actions[bot]", **more: Any) -> dict[str, Any]:
    return {"number": number, "body": body, "user": {"login": login}, **more}


def ask(folder: Path, script: str, there: list[dict[str, Any]], due: int, **environment: str) -> list[str]:
    """What a script asks the forge for, a line each."""
    for name, text in (("gh", GH), ("curl", CURL), ("apt-get", "#!/bin/sh\n")):
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    (folder / "reminder").mkdir()
    for place in ("reminder/reminder.json", "reminder.json"):
        (folder / place).write_text(json.dumps({"overdue": due, "due_soon": 0}))
    (folder / "there.json").write_text(json.dumps(there))
    (folder / "asked").touch()
    done = subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script], cwd=folder, capture_output=True, encoding="utf-8", check=False,
        env={"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}", **environment},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return (folder / "asked").read_text().splitlines()


OURS = f"{MARK}\n\n**1 action item overdue.**\n"


@pytest.mark.parametrize(
    ("there", "due", "asked"),
    [
        pytest.param([], 3, ["POST repos/o/r/issues title=Action items that are due body=@reminder/reminder.md"], id="first"),
        pytest.param([], 0, [], id="nothing due, no issue"),
        pytest.param([bot(7, OURS)], 3, ["PATCH repos/o/r/issues/7 body=@reminder/reminder.md state=open"], id="update"),
        pytest.param([bot(7, OURS)], 0, ["PATCH repos/o/r/issues/7 body=@reminder/reminder.md state=closed"], id="close"),
        pytest.param(
            [bot(1, OURS, "eve"), bot(2, None), bot(3, f"x {MARK}"), bot(4, OURS, pull_request={}), bot(9, OURS), bot(5, OURS)],
            1, ["PATCH repos/o/r/issues/9 body=@reminder/reminder.md state=open"], id="only ours, newest",
        ),
    ],
)  # fmt: skip
def test_on_github(there: list[dict[str, Any]], due: int, asked: list[str], tmp_path: Path) -> None:
    workflow = yaml.safe_load((SCAFFOLD / "github/.github/workflows/postmortems-reminder.yml").read_text("utf-8"))
    script = workflow["jobs"]["issue"]["steps"][-1]["run"]
    assert ask(tmp_path, script, there, due, GITHUB_REPOSITORY="o/r") == asked


@pytest.mark.parametrize(("sign", "length"), [("x", 59_000), ("再", 59_000), ("再", 90_000)])
def test_a_comment_is_cut_by_characters(sign: str, length: int, tmp_path: Path) -> None:
    workflow = yaml.safe_load((SCAFFOLD / "github/.github/workflows/postmortems.yml").read_text("utf-8"))
    script = workflow["jobs"]["comment"]["steps"][-1]["run"]
    (tmp_path / "report").mkdir()
    (tmp_path / "report/report.md").write_text(f"anything\n{sign * length}", "utf-8")
    asked = ask(tmp_path, script, [], 0, GITHUB_REPOSITORY="o/r", NUMBER="7")
    assert asked == ["POST repos/o/r/issues/7/comments body=@body.md"]
    body = (tmp_path / "body.md").read_text("utf-8")
    assert body == f"<!-- postmortems report -->\n{sign * min(length, 60_000)}\n"


API = {"CI_API_V4_URL": "https://gitlab.example/api/v4", "CI_PROJECT_ID": "5", "POSTMORTEMS_TOKEN": "secret"}
ISSUES = "https://gitlab.example/api/v4/projects/5/issues"


@pytest.mark.parametrize(
    ("there", "due", "asked"),
    [
        pytest.param([], 3, [f"POST {ISSUES} description@reminder.md title=Action items that are due"], id="first"),
        pytest.param([], 0, [], id="nothing due, no issue"),
        pytest.param(
            [{"iid": 8, "description": None}, {"iid": 7, "description": OURS}],
            2, [f"PUT {ISSUES}/7 description@reminder.md state_event=reopen"], id="update",
        ),
        pytest.param([{"iid": 7, "description": OURS}], 0, [f"PUT {ISSUES}/7 description@reminder.md state_event=close"], id="close"),
    ],
)  # fmt: skip
def test_on_gitlab(there: list[dict[str, Any]], due: int, asked: list[str], tmp_path: Path) -> None:
    pipeline = yaml.safe_load((SCAFFOLD / "gitlab/.gitlab-ci.yml").read_text("utf-8"))
    lines = pipeline["reminder"]["script"]
    assert lines[:2] == ["postmortems remind > reminder.md", "postmortems remind --format json > reminder.json"]
    assert ask(tmp_path, "\n".join(lines[3:]), there, due, **API) == asked
    without_token = tmp_path / "without"
    without_token.mkdir()
    assert ask(without_token, "\n".join(lines[3:]), there, due, **(API | {"POSTMORTEMS_TOKEN": ""})) == []

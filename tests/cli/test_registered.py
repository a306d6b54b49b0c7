"""`postmortems show --incident`: from a branch's or label's name to an incident of the register, or to the next step."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.check.made_secrets import made_secret
from tests.conftest import Write

from postmortems.cli.main import main

REGISTER = """\
- id: INC-412
  severity: SEV2
  resolved_at: 2026-03-02T14:45:00Z
  title: Checkout times out
  postmortem: 2026/01-checkout
- id: INC-431
  severity: SEV1
  resolved_at: 2026-03-20T09:30:00Z
- id: INC-2026
  severity: SEV1
  resolved_at: unknown
  waived: the carrier's outage
- id: 7
  severity: SEV1
  resolved_at: unknown
  postmortem: 2026/09-gone
- id: INC-431-search
  severity: SEV1
  resolved_at: unknown
"""
REGISTER_PATH = "docs/postmortems/register.yml"


@pytest.fixture(autouse=True)
def here(write: Write, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = write({REGISTER_PATH: REGISTER})
    monkeypatch.chdir(folder)
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["show", "--incident", "--today", "2026-03-25", *arguments])


def postmortem_of(result: Result) -> str:
    (line,) = [line for line in result.stdout.splitlines() if line.startswith("Postmortem  ")]
    return line.removeprefix("Postmortem  ")


def test_an_incident_with_its_place_in_the_register() -> None:
    assert run("INC-431").stdout == (
        "INC-431\n"
        "\n"
        "Severity    SEV1\n"
        "Resolved    20 Mar 2026, 09:30 UTC\n"
        "Postmortem  none yet, due 2026-04-03\n"
        f"Register    {REGISTER_PATH}:6\n"
    )


@pytest.mark.parametrize(
    ("name", "postmortem"),
    [
        pytest.param("INC-412", "2026/01-checkout, published", id="whole id"),
        pytest.param(" inc-412 ", "2026/01-checkout, published", id="case and blanks"),
        pytest.param("INC-412-checkout", "2026/01-checkout, published", id="words after it"),
        pytest.param("INC-412/pool", "2026/01-checkout, published", id="a deeper branch"),
        pytest.param("INC-431-search", "none yet", id="the longer id"),
        pytest.param("inc-431-search-index", "none yet", id="the longer id before words"),
        pytest.param("INC-2026", "waived: the carrier's outage", id="waived"),
        pytest.param("7", "2026/09-gone, which is not there: run `postmortems check`", id="a postmortem that is gone"),
        pytest.param("2026/01-checkout", "2026/01-checkout, published", id="a postmortem's id"),
    ],
)
def test_a_name_that_says_an_incident(name: str, postmortem: str) -> None:
    done = run(name)
    assert (done.exit_code, postmortem_of(done)) == (0, postmortem)


@pytest.mark.parametrize(
    "name",
    [
        "INC-2026-041-checkout",  # another scheme of ids, whose beginning is an id
        "INC-4120",
        "INC-41",
        "INC",
        "412",
        "INC-412-2",
        "INC-412checkout",
        "01-checkout",
        "2026/01-checkout-again",
        "$(touch x)",
        "a'b\"c d",
        "INC-412\nINC-431",
        "-" * 5_000,
    ],
)
def test_a_name_that_says_none_is_never_guessed_at(name: str, here: Path) -> None:
    done = run("--", name)
    assert (done.exit_code, done.stdout) == (1, "")
    said = [line for line in done.stderr.splitlines() if "run `postmortems check`" not in line]
    assert len(said) == 1
    assert said[0].startswith("postmortems: no incident or postmortem has the id ")
    assert said[0].endswith(f"dd the incident to {REGISTER_PATH}, with or without its postmortem")
    assert len(said[0]) < 300
    assert not (here / "x").exists()


def test_without_a_register_there_are_the_postmortems(here: Path) -> None:
    (here / REGISTER_PATH).unlink()
    assert run("2026/01-checkout").exit_code == 0
    assert f"add the incident to {REGISTER_PATH}" in run("INC-412").stderr


def test_a_register_that_cannot_be_read_is_the_reason(here: Path) -> None:
    (here / REGISTER_PATH).write_text("incidents:\n- id: INC-412\n", "utf-8")
    done = run("INC-412")
    assert done.exit_code == 1
    assert f"; {REGISTER_PATH}:1 has an error: the register is not a list of incidents" in done.stderr


@pytest.mark.parametrize("arguments", [[""], ["  "], ["INC-412", "--format", "json"], []])
def test_wrong_usage(arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")


def test_what_the_register_says_stays_text_and_keeps_secrets(here: Path) -> None:
    token = "".join(made_secret("a GitHub token", 1))
    text = f'- id: INC-1\n  severity: SEV1\n  resolved_at: unknown\n  title: "::error::\\e[31m{token}"\n'
    (here / REGISTER_PATH).write_text(text, "utf-8")
    done = run("INC-1")
    assert done.exit_code == 0
    assert "\x1b" not in done.stdout
    assert " ::error::" not in done.stdout
    assert token not in done.stdout
    assert token not in run(token).stderr

"""Surveys of teams: what is sound reads without a word, and each fault is one problem at its line; nothing raises."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from postmortems.model.quarter import Quarter
from postmortems.model.survey import Statement, Survey, is_survey
from postmortems.pipeline import run_pipeline
from postmortems.read.survey import read_survey
from postmortems.render.data.surveys import written_schema
from postmortems.settings import Settings

PATH = "reviews/2026-q3.yml"
TEMPLATE = Path(__file__).parents[2] / "docs/templates/team-survey-template.yml"
WHOLE = """\
- team: Orders
  day: 2026-10-02
  safe_to_speak_up: [0, 1, 2, 5, 4]
  we_share_what_we_learn: [0, 2, 3, 4, 3]
  improvements_happen: [1, 3, 4, 3, 1]
  teams_work_together: [0, 1, 4, 5, 2]
  x-held-by: the facilitator
- safe_to_speak_up: [0, 0, 0, 0, 0]
  we_share_what_we_learn: [0, 0, 0, 0, 0]
  improvements_happen: [0, 0, 0, 0, 0]
  teams_work_together: [0, 0, 0, 0, 0]
"""


def read(text: str, path: str = PATH) -> tuple[tuple[Survey, ...], list[tuple[str, int, str]]]:
    surveys, problems = read_survey(path, text.encode())
    assert {one.place.path for one in problems} <= {path}
    return surveys, [(one.rule, one.place.line, one.message) for one in problems]


def test_a_whole_survey_is_read_typed() -> None:
    surveys, found = read(WHOLE)
    assert found == []
    first, second = surveys
    assert (first.quarter, first.team, first.day) == (Quarter(2026, 3), "Orders", date(2026, 10, 2))
    assert first.counts[Statement.SAFE] == (0, 1, 2, 5, 4)
    assert (second.team, second.day, list(second.counts)) == ("", None, list(Statement))


def test_the_template_is_sound_and_fits_the_schema_of_editors() -> None:
    text = TEMPLATE.read_text("utf-8")
    surveys, found = read(text)
    assert (len(surveys), found) == (1, [])
    Draft202012Validator.check_schema(written_schema())
    validator = Draft202012Validator(written_schema())
    written = json.loads(json.dumps(yaml.safe_load(text), default=str))
    assert list(validator.iter_errors(written)) == []
    assert list(validator.iter_errors([{**written[0], "safe": [0, 0, 0, 0, 0]}]))
    assert list(validator.iter_errors([{**written[0], "improvements_happen": [1, 2]}]))


def without(key: str) -> str:
    return "".join(line for line in WHOLE.splitlines(keepends=True) if key not in line)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WHOLE.replace("improvements_happen: [1, 3, 4, 3, 1]", "improvement_happens: [1, 3, 4, 3, 1]"),
         [("unknown-field", 5, '"improvement_happens" is not a valid key in a team\'s answers'),
          ("missing-field", 1, 'a team\'s answers have no "improvements_happen"')]),
        (WHOLE.replace("[1, 3, 4, 3, 1]", "[1, 3, -4, 3, 1]"),
         [("invalid-value", 5, '"improvements_happen" is a list, which has a value that is not a whole number from 0 on')]),
        (WHOLE.replace("[1, 3, 4, 3, 1]", "[1, 3, 4.0, 3, 1]"),
         [("invalid-value", 5, '"improvements_happen" is a list, which has a value that is not a whole number from 0 on')]),
        (WHOLE.replace("[1, 3, 4, 3, 1]", "[1, 3, yes, 3, 1]"),
         [("invalid-value", 5, '"improvements_happen" is a list, which has a value that is not a whole number from 0 on')]),
        (WHOLE.replace("[1, 3, 4, 3, 1]", "[1, 3, 4, 3]"),
         [("invalid-value", 5, '"improvements_happen" is a list, which has 4 counts in place of 5')]),
        (WHOLE.replace("[1, 3, 4, 3, 1]", "mostly"), [("invalid-value", 5, '"improvements_happen" is "mostly", which is not a list of counts')]),
        (WHOLE.replace("[1, 3, 4, 3, 1]", ""), [("missing-field", 5, '"improvements_happen" has no value')]),
        (WHOLE.replace("[1, 3, 4, 3, 1]", "[1, 3, 4, 3, 2]"),
         [("invalid-value", 1, "the statements have different numbers of answers: safe_to_speak_up 12, "
           "we_share_what_we_learn 12, improvements_happen 13, teams_work_together 12")]),
        (WHOLE.replace("2026-10-02", "2026-11-15"),
         [("invalid-value", 2, '"day" is 2026-11-15, which is neither in the quarter of the file\'s name nor in the 45 days after it')]),
        (WHOLE.replace("2026-10-02", "2026-06-30"),
         [("invalid-value", 2, '"day" is 2026-06-30, which is neither in the quarter of the file\'s name nor in the 45 days after it')]),
        (WHOLE.replace("- safe", "- team: orders\n  safe"),
         [("duplicate-key", 8, 'the team "orders" is listed twice; the first is on line 1')]),
        ("team: Orders\n", [("invalid-yaml", 1, "the survey is not a list of teams' answers")]),
        ("- Orders\n", [("invalid-value", 1, "a team's answers have no keys")]),
        ("- team: [\n", [("invalid-yaml", 2, None)]),
    ],
)  # fmt: skip
def test_a_fault_is_a_problem_at_its_line(text: str, expected: list[tuple[str, int, str | None]]) -> None:
    _, found = read(text)
    assert [(rule, line) for rule, line, _ in found] == [(rule, line) for rule, line, _ in expected]
    for (_, _, message), (_, _, wanted) in zip(found, expected, strict=True):
        assert wanted is None or message == wanted


@pytest.mark.parametrize(
    "name",
    ["2026-q5.yml", "2026q3.yml", "0000-q1.yml", "notes.yaml", "q3-2026.yml", "payments/2026-q3.yml", "2026-q3.json"],
)
def test_a_name_without_a_quarter_is_said_and_counts_nowhere(name: str) -> None:
    surveys, found = read(WHOLE, f"reviews/{name}")
    assert surveys == ()
    assert found == [
        ("misplaced-file", 1, f'"{name}" is not the name of a quarter\'s file, so its answers are in no figure')
    ]


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("reviews/2026-q3.yml", True),
        ("reviews/notes.yaml", True),
        ("reviews/payments/2026-Q3.yaml", True),
        ("reviews/2026-q3.json", True),
        ("reviews/payments/api.yml", False),
        ("reviews/index.md", False),
        ("old-reviews/2026-q3.yml", False),
        ("2026-q3.yml", False),
    ],
)
def test_answers_that_are_in_the_wrong_place_are_on_no_page_either(path: str, is_one: bool) -> None:
    assert is_survey(path) is is_one


def test_the_last_quarter_ends_in_the_next_year() -> None:
    text = WHOLE.replace("2026-10-02", "2027-01-20")
    assert read(text, "reviews/2026-q4.yml")[1] == []
    assert read(WHOLE, "reviews/9999-q4.yml")[1][0][0] == "invalid-value"


def test_the_check_finds_it_and_a_second_file_of_a_quarter(tmp_path: Path) -> None:
    for name in ("2026-q3.yml", "2026-Q3.yaml"):
        (tmp_path / "docs/reviews").mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs/reviews" / name).write_text(WHOLE, "utf-8")
    run = run_pipeline(tmp_path / "docs", Settings())
    assert len(run.corpus.surveys) == 2
    (found,) = [diagnostic for diagnostic in run.diagnostics if diagnostic.place.path.startswith("reviews/")]
    assert found.rule == "misplaced-file"
    assert "2026-q3 has a survey in reviews/2026-" in found.message
    assert run.corpus.without({survey.place.path for survey in run.corpus.surveys}).surveys == ()


@given(st.one_of(st.binary(max_size=300), st.text("-: [],0123\n teamyday", max_size=200).map(str.encode)))
def test_any_bytes_give_surveys_or_problems(data: bytes) -> None:
    surveys, problems = read_survey(PATH, data)
    assert surveys or problems or b"".join(data.split()) in (b"[]", b"")

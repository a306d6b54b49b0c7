"""The list of all rules is whole, and whatever reading reports is in it."""

from __future__ import annotations

import ast
from itertools import pairwise
from pathlib import Path

import pytest
from tests.syntax import syntax_tree

import postmortems.read
from postmortems.check import rules
from postmortems.check.registry import BY_NAME, RULES, find_rule, suggest_rule

FOLDER = Path(next(iter(rules.__path__)))
READ = Path(next(iter(postmortems.read.__path__)))


def problems_named_in(folder: Path) -> set[str]:
    """The first argument of every `Problem(…)` in the code below a folder, where it is written out."""
    return {
        call.args[0].value
        for path in folder.rglob("*.py")
        for call in ast.walk(syntax_tree(path))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Problem"
        if call.args and isinstance(call.args[0], ast.Constant)
    }


def test_the_list_is_the_folder() -> None:
    files = {path.stem for path in FOLDER.glob("*.py")} - {"__init__"}
    assert [rule.name.replace("-", "_") for rule in RULES] == sorted(
        files, key=lambda stem: BY_NAME[stem.replace("_", "-")].code
    )


def test_codes_rise_and_names_are_unique() -> None:
    assert all(first.code < second.code for first, second in pairwise(RULES))
    assert len(BY_NAME) == len(RULES)


def test_every_problem_that_reading_names_has_a_rule_which_says_so() -> None:
    named = problems_named_in(READ)
    assert "duplicate-key" in named
    assert named - BY_NAME.keys() == set()
    assert {name for name in named if not BY_NAME[name].found_while_reading} == set()


def test_every_rule_is_found_somehow() -> None:
    for rule in RULES:
        examines = (rule.examine_postmortem, rule.examine_pattern, rule.examine_corpus)
        assert rule.found_while_reading or any(examines), rule.name


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_speaks_for_itself_only(rule: object) -> None:
    path = FOLDER / f"{getattr(rule, 'name', '').replace('-', '_')}.py"
    calls = [node for node in ast.walk(syntax_tree(path)) if isinstance(node, ast.Call)]
    names = {
        call.args[0].value
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id == "Problem" and isinstance(call.args[0], ast.Constant)
    }
    assert names <= {getattr(rule, "name", "")}


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("PM101", "missing-section"),
        ("pm101", "missing-section"),
        ("missing-section", "missing-section"),
        (" Missing-Section ", "missing-section"),
    ],
)
def test_a_rule_is_found_by_code_or_name(word: str, name: str) -> None:
    found = find_rule(word)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("mising-section", 'did you mean "missing-section"?'),
        ("PM1O1", 'did you mean "PM101"?'),
        ("xyz", f"the rules are PM001 to {RULES[-1].code}, see the guide"),
        ("", f"the rules are PM001 to {RULES[-1].code}, see the guide"),
    ],
)
def test_what_no_rule_is_called_gets_a_hint(word: str, hint: str) -> None:
    assert find_rule(word) is None
    assert suggest_rule(word) == hint

"""The list of fixes, its folder, and the guide agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from postmortems.check.registry import BY_NAME
from postmortems.fix import fixes
from postmortems.fix.fix import Fix
from postmortems.fix.registry import FIXES

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs/guide/fixing.md").read_text("utf-8")


def test_each_file_is_in_the_list() -> None:
    names = {path.stem for path in Path(next(iter(fixes.__path__))).glob("*.py")} - {"__init__"}
    assert {fix.propose.__module__.rpartition(".")[2] for fix in FIXES} == names
    assert [fix.name.replace("-", "_") for fix in FIXES] == [fix.propose.__module__.rpartition(".")[2] for fix in FIXES]


@pytest.mark.parametrize("fix", FIXES, ids=lambda fix: fix.name)
def test_it_answers_rules_that_there_are_and_stands_in_the_guide(fix: Fix) -> None:
    assert all(rule in BY_NAME for rule in fix.rules)
    assert fix.rules or fix.is_form
    codes = " ".join(BY_NAME[rule].code for rule in fix.rules) or "–"
    by = " ".join(name for name, done in (("`--fix`", bool(fix.rules)), ("`fmt`", fix.is_form)) if done)
    assert f"| {fix.does.rstrip('.')} | {codes} | {by} |" in GUIDE

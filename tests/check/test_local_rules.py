"""Local rules, whose findings in a file that file decides, and rules of the corpus.

Every check that the `check` fixture makes compares what local rules find in a document with what they find in it alone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from postmortems.check.registry import RULES
from postmortems.check.rule import Rule
from postmortems.check.rules import unknown_pattern
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Diagnostic
from postmortems.read.corpus import read_corpus
from postmortems.read.settings_file import read_project
from postmortems.settings import Settings

Check = Callable[..., tuple[Diagnostic, ...]]
AssertLocal = Callable[[Corpus, Settings, date], None]

ROOT = Path(__file__).parents[2]


def test_local_rules_find_in_our_own_incidents_what_they_find_in_each_alone(assert_local: AssertLocal) -> None:
    project = read_project(ROOT / "mkdocs.yml")
    corpus = read_corpus(project.docs, project.settings, catalogue=project.catalogue)
    assert len(corpus.postmortems) > 40
    for day in (date(2012, 7, 2), date(2026, 11, 29)):
        assert_local(corpus, project.settings, day)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_that_looks_only_at_the_corpus_is_not_local(rule: Rule) -> None:
    looks_at_one = rule.examine_postmortem or rule.examine_pattern
    assert looks_at_one or not rule.examine_corpus or not rule.is_local


def test_the_rules_of_the_corpus_that_look_at_a_document() -> None:
    found = {rule.name for rule in RULES if not rule.is_local and (rule.examine_postmortem or rule.examine_pattern)}
    assert found == {
        "broken-artifact-link", "dangling-repeat", "overdue-postmortem", "undeclared-repeat", "unknown-pattern",
    }  # fmt: skip


def test_a_rule_of_the_corpus_that_says_it_is_local_does_not_pass_unseen(
    check: Check, monkeypatch: pytest.MonkeyPatch
) -> None:
    lying = replace(unknown_pattern.RULE, is_local=True)
    rules = tuple(lying if rule.name == lying.name else rule for rule in RULES)
    monkeypatch.setattr("postmortems.check.run.RULES", rules)
    with pytest.raises(AssertionError):
        check()

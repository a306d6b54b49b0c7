"""PM403 and PM404: a pattern's page tells what to do, and some incident names it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from postmortems.check.registry import RULES
from postmortems.check.rule import Rule
from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.read.corpus import read_corpus
from postmortems.settings import Settings

Check = Callable[..., tuple[Diagnostic, ...]]

DOCS = Path(__file__).parents[2] / "docs"
HEAD = "---\ntitle: Database issues\nfamily: database\n---\n\n"
LOOKS, NOTICE, HELPS, PREVENT = (
    "what it looks like",
    "how to notice it",
    "what helps during the incident",
    "how to prevent it",
)


def missing(found: tuple[Diagnostic, ...]) -> list[str]:
    """What the page lacks, by the headings that the help proposes."""
    return [
        name
        for name in (LOOKS, NOTICE, HELPS, PREVENT)
        if any(f'"## {name.capitalize()}"' in one.help and name in one.message for one in found)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("The database waits.", [LOOKS, NOTICE, HELPS, PREVENT], id="a stub"),
        pytest.param("", [LOOKS, NOTICE, HELPS, PREVENT], id="nothing"),
        pytest.param("# Notice, prevent, help, look\n\nText.", [LOOKS, NOTICE, HELPS, PREVENT], id="in the title only"),
        pytest.param("Alerts help to prevent and detect what looks bad.", [LOOKS, NOTICE, HELPS, PREVENT], id="in prose"),
        pytest.param("## What helps\n\nStop the writes.", [LOOKS, NOTICE, PREVENT], id="one of four"),
        pytest.param("## Symptoms\n\na\n\n## Detection\n\nb\n\n## Mitigation\n\nc\n\n## Prevention\n\nd", [], id="nouns"),
        pytest.param(
            "## Signs\n\na\n\n## Monitoring\n\nb\n\n## What to do at night\n\nc\n\n## Long-term fixes\n\nd",
            [],
            id="other words",
        ),
        pytest.param("## Detection and prevention\n\na\n\n## Symptoms and response\n\nb", [], id="two in one heading"),
        pytest.param("## Runbook\n\n### Symptoms\n\na\n\n### Alerts\n\nb\n\n### How to avoid it\n\nc", [], id="subsections"),
        pytest.param("**It looks like** rain.\n\n**Notice it** early.\n\n- **What helps:** x\n- __To prevent it,__ y", [], id="labels"),
        pytest.param("Symptoms: rain.\n\n- Alert: on lag\n- Mitigation: stop\n- Prevention: a roof", [], id="labels without emphasis"),
        pytest.param("## Symptoms\n\n| Sign | Meaning |\n|---|---|\n| a | b |\n\n## Alerts\n\n```\nx\n```", [HELPS, PREVENT], id="tables and code count"),
        pytest.param("## Symptoms\n\n## Alerts\n\nTODO\n\n## What helps\n\n- TBD.\n\n## Prevention\n\n…", [LOOKS, NOTICE, HELPS, PREVENT], id="headings without a text"),
        pytest.param("## Prevention\n\n<!-- to be written -->\n\n## Symptoms\n\nTODO: the graph of July shows it.", [NOTICE, HELPS, PREVENT], id="a comment, and a text that begins like one"),
        pytest.param("```\n## Symptoms\n```\n\n> ## Prevention\n> x", [LOOKS, NOTICE, HELPS, PREVENT], id="headings in code and quotes"),
    ],
)  # fmt: skip
def test_guidance(text: str, expected: list[str], check: Check) -> None:
    found = check(files={"patterns/database-issues.md": HEAD + text}, only="pattern-without-guidance")
    assert missing(found) == expected
    assert [(one.level, one.place.line) for one in found] == ([(Level.WARNING, 1)] if expected else [])


def test_one_message_says_all_that_is_missing(check: Check) -> None:
    text = f"{HEAD}## What helps\n\nStop the writes.\n"
    (found,) = check(files={"patterns/database-issues.md": text})
    assert found.message == "the page does not say what it looks like, how to notice it or how to prevent it"
    assert found.help == (
        'add "## What it looks like", "## How to notice it" and "## How to prevent it",'
        " written by people who have dealt with it"
    )


def rule_named(name: str) -> Rule:
    return next(rule for rule in RULES if rule.name == name)


def test_the_patterns_of_this_repository_say_it_all() -> None:
    examine = rule_named("pattern-without-guidance").examine_pattern
    assert examine
    patterns = read_corpus(DOCS, Settings()).patterns
    assert len(patterns) >= 7
    assert [problem for pattern in patterns for problem in examine(pattern, None)] == []  # type: ignore[arg-type]


def test_a_file_that_cannot_be_read_lacks_no_guidance(check: Check) -> None:
    assert [one.rule for one in check(files={"patterns/database-issues.md": b"\xff"})] == ["unreadable-file"]


STAMPEDES = HEAD.replace("Database issues", "Stampedes").replace(
    "family: database", "family: capacity\nsignals: [Cold caches]"
)


@pytest.mark.parametrize(
    ("replaced", "expected"),
    [
        pytest.param(("patterns: [database-issues]", "patterns: [database-issues, stampedes]"), [], id="named"),
        pytest.param(("patterns: [database-issues]", "patterns: [{pattern: database-issues}]"), ["stampedes"], id="not named"),
        pytest.param(("patterns: [database-issues]", "patterns: []"), ["database-issues", "stampedes"], id="no pattern"),
        pytest.param(("patterns: [database-issues]", "patterns: [stampede]"), [], id="a name that is no pattern's"),
        pytest.param(("patterns: [database-issues]\n", ""), [], id="patterns that are not told"),
        pytest.param(("severity: SEV2", "severity: SEV2\nkind: drill"), ["stampedes"], id="a drill names one, too"),
    ],
)  # fmt: skip
def test_patterns_that_nobody_names(replaced: tuple[str, str], expected: list[str], check: Check) -> None:
    found = check(replaced, files={"patterns/stampedes.md": STAMPEDES}, only="pattern-without-incident")
    assert [one.place.path for one in found] == [f"patterns/{name}.md" for name in expected]
    assert [one.message for one in found] == [f'no postmortem names the pattern "{name}"' for name in expected]
    assert {one.level for one in found} <= {Level.INFO}


def test_without_any_postmortem_no_pattern_lacks_one(check: Check) -> None:
    path = "postmortems/2024/01-database-connection-pool/postmortem.md"
    assert check(files={path: None}) == ()


@pytest.mark.parametrize(
    ("cause", "advice"),
    [
        ("cold caches", 'does it belong to 2024/01-database-connection-pool? the root cause there, "cold caches", is one of its signals'),
        ("another", "add it to the front matter of an incident with this pattern: patterns: [stampedes]"),
    ],
)  # fmt: skip
def test_an_incident_with_one_of_its_signals_is_suggested(cause: str, advice: str, check: Check) -> None:
    replaced = ("root_cause: connection pool exhaustion", f"root_cause: {cause}")
    (found,) = check(replaced, files={"patterns/stampedes.md": STAMPEDES}, only="pattern-without-incident")
    assert found.help == advice

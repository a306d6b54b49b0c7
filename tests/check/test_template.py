"""The template of the reference text, filled in, passes; with a required section missing it does not."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.settings import REQUIRED_SECTIONS

Check = Callable[..., tuple[Diagnostic, ...]]

PATH = "postmortems/2024/01-database-connection-pool/postmortem.md"
H1 = "# Postmortem: API outage - 6 February 2024"
PARENTS = {
    "Primary Cause": "Root Cause Analysis",
    "Contributing Factors": "Root Cause Analysis",
    "What Went Well": "Response Evaluation",
    "Areas for Improvement": "Response Evaluation",
}


def heading(name: str) -> str:
    return f"{'###' if name in PARENTS else '##'} {name}"


def line_of(text: str, line: str) -> int:
    return text.splitlines().index(line) + 1


def missing(found: tuple[Diagnostic, ...]) -> list[tuple[str, int]]:
    """The missing sections, each with its line; nothing else may have been found."""
    assert {one.rule for one in found} <= {"missing-section"}
    assert {one.place.path for one in found} <= {PATH}
    return [(one.message, one.place.line) for one in found]


def without(text: str, name: str) -> str:
    """The text without this section and all below it."""
    begin = re.escape(heading(name))
    level = 3 if name in PARENTS else 2
    return re.sub(rf"^{begin}$.*?(?=^#{{1,{level}}} |\Z)", "", text, count=1, flags=re.DOTALL | re.MULTILINE)


def test_the_filled_in_template_passes(check: Check) -> None:
    assert check() == ()


@pytest.mark.parametrize("name", REQUIRED_SECTIONS)
def test_each_required_section_is_missed(name: str, check: Check, filled_template: str) -> None:
    text = without(filled_template, name)
    children = [child for child, parent in PARENTS.items() if parent == name]
    line = line_of(text, heading(PARENTS[name]) if name in PARENTS else H1)
    expected = sorted((f'section "{one}" is missing', line) for one in (name, *children))
    assert sorted(missing(check(files={PATH: text}))) == expected


@pytest.mark.parametrize("name", REQUIRED_SECTIONS)
@pytest.mark.parametrize(
    "hide",
    [
        pytest.param("```\n{}\n```\n", id="in a code fence"),
        pytest.param("<!--\n{}\n-->\n", id="in a comment"),
        pytest.param("> {}\n", id="in a quote"),
        pytest.param("    {}\n", id="in indented code"),
        pytest.param("text {}\n", id="in the middle of a line"),
    ],
)
def test_a_hidden_heading_does_not_count(name: str, hide: str, check: Check, filled_template: str) -> None:
    text = without(filled_template, name) + "\n" + hide.format(heading(name))
    assert f'section "{name}" is missing' in [message for message, _ in missing(check(files={PATH: text}))]


def test_without_a_title_the_first_line_stands_for_the_document(check: Check, filled_template: str) -> None:
    text = without(filled_template, "Executive Summary").replace(H1, "")
    assert missing(check(files={PATH: text})) == [('section "Executive Summary" is missing', 1)]


@pytest.mark.parametrize("title", ["Immediate", "Short-term", "Long-term", "Lessons Learned", "Technical Impact"])
def test_other_sections_may_be_missing(title: str, check: Check, filled_template: str) -> None:
    text = re.sub(rf"^##+ {title}.*?(?=^## |^### |\Z)", "", filled_template, flags=re.DOTALL | re.MULTILINE)
    assert text != filled_template
    assert missing(check(files={PATH: text})) == []


@pytest.mark.parametrize(
    "written",
    ["## executive summary", "# 1. Executive Summary:", "#### **Summary**", "## TL;DR", "Executive Summary\n---"],
)
def test_a_heading_is_known_in_its_usual_spellings(written: str, check: Check) -> None:
    found = check(("## Executive Summary", written), levels={"skipped-heading-level": "off"})
    assert missing(found) == []


@pytest.mark.parametrize(
    "written", ["## Executive Summary of last week", "**Executive Summary**", "##Executive Summary"]
)
def test_what_only_resembles_the_heading_is_none(written: str, check: Check) -> None:
    found = check(("## Executive Summary", written))
    assert [message for message, _ in missing(found)] == ['section "Executive Summary" is missing']


@pytest.mark.parametrize(
    ("replaced", "advice"),
    [
        pytest.param(
            ("### Contributing Factors", "**Contributing Factors**"),
            'add "### Contributing Factors" below "## Root Cause Analysis" (line 37), '
            'and "None: <reason>" under it if it has nothing',
            id="below its parent",
        ),
        pytest.param(
            ("## Executive Summary", ""),
            'add "## Executive Summary", and "None: <reason>" under it if it has nothing',
            id="without a parent",
        ),
        pytest.param(
            ("## Executive Summary", "## Executve Summary"),
            'is "Executve Summary" on line 20 meant? write "Executive Summary" there, '
            'or map it in the setting "synonyms"',
            id="misspelt",
        ),
    ],
)
def test_the_help_says_where_to_write_it(replaced: tuple[str, str], advice: str, check: Check) -> None:
    assert [one.help for one in check(replaced)] == [advice]


def test_required_sections_follow_the_severity(check: Check, filled_template: str) -> None:
    text = without(filled_template, "Impact Assessment")
    options = {"sections": {"SEV2": ["Timeline"], "default": ["Impact Assessment"]}}
    assert missing(check(files={PATH: text}, **options)) == []
    text = text.replace("severity: SEV2", "severity: SEV3")
    assert [message for message, _ in missing(check(files={PATH: text}, **options))] == [
        'section "Impact Assessment" is missing'
    ]


def test_a_section_of_ones_own_can_be_required(check: Check) -> None:
    options = {"sections": ["Customer Communication"]}
    assert [message for message, _ in missing(check(**options))] == ['section "Customer Communication" is missing']
    assert missing(check(("## Lessons Learned", "## Customer communication"), **options)) == []


def test_a_synonym_of_ones_own_counts(check: Check) -> None:
    replaced = ("## Executive Summary", "## In a nutshell")
    assert len(check(replaced)) == 1
    assert check(replaced, synonyms={"In a nutshell": "Executive Summary"}) == ()


@pytest.mark.parametrize("status", ["in-review", "published"])
def test_a_missing_section_refuses_the_file(status: str, check: Check) -> None:
    (found,) = check(("## Executive Summary", ""), ("status: published", f"status: {status}"))
    assert (found.code, found.level) == ("PM101", Level.ERROR)

"""A template and what is known → the new file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.fix.new_postmortem import NewPostmortemValues, new_postmortem
from postmortems.model.front_matter import DetectedBy, Occurrence
from postmortems.model.pattern import Role
from postmortems.model.source import Source
from postmortems.read.front_matter import split_front_matter, typed_front_matter
from postmortems.text.slug import composed

BARE = NewPostmortemValues("Checkout latency", "SEV2")
FULL = NewPostmortemValues(
    title="Checkout latency",
    severity="SEV2",
    services=("checkout", "cart"),
    patterns=(Occurrence(pattern="database-issues"), Occurrence(pattern="monitoring-failures", role=Role.DETECTION)),
    owner="payments",
    authors=("Ada",),
    started_at="2026-11-20T14:23:00Z",
    detected_by=DetectedBy.ALERT,
)

TEMPLATE = """\
---
# One line.
title: "[What happened]"
severity: "[SEV1 to SEV4]"  # by what users lost
status: draft
kind: incident
services:
  - "[service-name]"
  - other

# The team.
owner: "[Owning team]"
# Who wrote this.
authors: ["[Author]"]
started_at: "[2026-01-31T14:20:00Z]"
detected_at: 2026-01-31T14:23:00Z
mitigated_at:
resolved_at: >
  [when]
# The label.
root_cause: "[label]"
trigger: "[what]"
patterns: ["[pattern-id]"]
sources: []
x-ticket: ""
# detection_target: 5m
---

## Timeline

| [14:23] | [Alert] |
"""

BARE_RESULT = """\
---
# One line.
title: Checkout latency
severity: SEV2  # by what users lost
status: draft
kind: incident
services: []

# The team.
# owner:
# Who wrote this.
# authors:
started_at: '[to be found out]'
detected_at: '[to be found out]'
mitigated_at: '[to be found out]'
resolved_at: '[to be found out]'
# The label.
root_cause: '[to be found out]'
# trigger:
patterns: []
sources: []
x-ticket: ""
# detection_target: 5m
---

## Timeline

| [14:23] | [Alert] |
"""


def test_fills_the_lines_of_the_template_and_keeps_the_rest() -> None:
    assert new_postmortem(TEMPLATE, BARE) == BARE_RESULT


def test_writes_every_value_that_is_given() -> None:
    assert new_postmortem("", FULL).splitlines() == [
        "---",
        "title: Checkout latency",
        "status: draft",
        "severity: SEV2",
        "services: [checkout, cart]",
        "owner: payments",
        "authors: [Ada]",
        "started_at: 2026-11-20T14:23:00Z",
        "detected_at: '[to be found out]'",
        "mitigated_at: '[to be found out]'",
        "resolved_at: '[to be found out]'",
        "detected_by: alert",
        "root_cause: '[to be found out]'",
        "patterns: [database-issues, {pattern: monitoring-failures, role: detection}]",
        "---",
        "",
    ]


@pytest.mark.parametrize(
    "template",
    [
        pytest.param("\ufeff" + TEMPLATE, id="byte order mark"),
        pytest.param(TEMPLATE.replace("\n", "\r\n"), id="CRLF"),
    ],
)
def test_byte_order_mark_and_line_ends_do_not_matter(template: str) -> None:
    assert new_postmortem(template, BARE) == BARE_RESULT


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        pytest.param("owner: Platform team", "owner: Platform team", id="a team's default stays"),
        pytest.param("kind: '[incident or drill]'", "# kind:", id="a placeholder goes"),
        pytest.param("date: 2026-01-31", "# date:", id="a sample fact goes"),
        pytest.param("trigger: |\n  several\n  # lines", "# trigger:", id="a block of text goes whole"),
        pytest.param("services:\n- a\n- b\n# next", "services: []\n# next", id="a list without indent"),
        pytest.param("services: [\n  a,\n  b\n]  # names", "services: []  # names", id="a list over several lines"),
        pytest.param("services:  # names\n  - a", "services: []  # names", id="a remark behind the key"),
        pytest.param(
            "  root_cause: x\n  kind: drill", "  root_cause: '[to be found out]'\n  kind: drill", id="indented"
        ),
    ],
)
def test_replaces_what_speaks_of_another_incident(front: str, expected: str) -> None:
    result = new_postmortem(f"---\n{front}\n---\nBody\n", BARE)

    assert result.startswith(f"---\n{expected}\n")
    assert result.endswith("\n---\nBody\n")
    assert problems_of(result) == []


@pytest.mark.parametrize(
    "template",
    [
        pytest.param("# Heading\n", id="no front matter"),
        pytest.param("---\n---\n# Heading\n", id="an empty one"),
        pytest.param("---\ntitle: a: b\n---\n\n# Heading\n", id="an invalid one"),
        pytest.param("---\ntitle: a\ntitle: b\n---\n# Heading\n", id="a key twice"),
        pytest.param("---\n{title: a, status: draft}\n---\n# Heading\n", id="in braces"),
        pytest.param("---\nservices: &s [a]\nx-copy: *s\n---\n# Heading\n", id="an alias of a replaced value"),
        pytest.param("---\nstatus: draft\n...\n# Heading\n", id="closed by dots"),
    ],
)
def test_any_template_gives_a_front_matter_that_can_be_read(template: str) -> None:
    result = new_postmortem(template, FULL)

    assert problems_of(result) == []
    assert split_front_matter(Source("", result)).values["title"] == "Checkout latency"
    assert result.endswith("\n# Heading\n")


@pytest.mark.parametrize(
    ("title", "line"),
    [
        ("Checkout latency", "title: Checkout latency"),
        ('Redis: "no" & more', "title: 'Redis: \"no\" & more'"),
        ("#1", "title: '#1'"),
        ("- dash", "title: '- dash'"),
        ("no", "title: 'no'"),
        ("14:23", "title: '14:23'"),
        ("2026-11-20", "title: '2026-11-20'"),
        ("決済の遅延", "title: 決済の遅延"),
        ("two\n\n lines ", "title: two lines"),
        ("long " * 60 + "end", "title: " + "long " * 60 + "end"),
    ],
)
def test_quotes_a_title_only_where_yaml_would_read_something_else(title: str, line: str) -> None:
    assert new_postmortem(TEMPLATE, NewPostmortemValues(title, "SEV2")).splitlines()[2] == line


SHIPPED = (Path(__file__).parents[2] / "docs/templates/postmortem-template.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("scale", "comment"),
    [
        (("SEV1", "SEV2", "SEV3", "SEV4"), "# SEV1 (worst) to SEV4, by what"),
        (("P1", "P2", "P3"), "# P1 (worst) to P3, by what"),
        (("Major",), "# Major, by what"),
        (("Very\nbad", "Bad"), "# Very bad (worst) to Bad, by what"),
    ],
)
def test_the_comment_of_our_template_names_the_scale_of_the_settings(scale: tuple[str, ...], comment: str) -> None:
    result = new_postmortem(SHIPPED, NewPostmortemValues("A", scale[-1], scale=scale))
    assert f"\n{comment}" in result
    assert problems_of(result) == []


def test_unknown_is_an_answer_and_what_is_not_said_is_none() -> None:
    result = new_postmortem(SHIPPED, NewPostmortemValues("A", "SEV2", detected_at="unknown"))
    assert "\ndetected_at: unknown\n" in result
    assert "\nmitigated_at: '[to be found out]'\n" in result
    assert "\nroot_cause: '[to be found out]'\n" in result


words = st.text(min_size=1, max_size=60).filter(
    lambda text: text.strip() and not any("\ud800" <= c <= "\udfff" for c in text)
)


@given(title=words, name=words)
def test_whatever_the_words_are_they_are_read_back(title: str, name: str) -> None:
    result = new_postmortem(TEMPLATE, NewPostmortemValues(title, "SEV2", services=(name,), owner=name, authors=(name,)))

    matter, _ = typed_front_matter(split_front_matter(Source("", result)))
    once = composed(" ".join(name.split()))
    assert problems_of(result) == []
    assert matter.title == composed(" ".join(title.split()))
    assert (matter.services, matter.owner, matter.authors) == ((once,), once, (once,))
    assert result.endswith(TEMPLATE.partition("\n---\n")[2])


@given(template=st.text(alphabet="---\n: #[]{}'\"|>&*abtitle", max_size=80))
def test_no_template_breaks_it(template: str) -> None:
    result = new_postmortem(f"---\n{template}\n---\n", FULL)

    assert split_front_matter(Source("", result)).values["patterns"] == [
        "database-issues",
        {"pattern": "monitoring-failures", "role": "detection"},
    ]


def problems_of(text: str) -> list[str]:
    """What is wrong with a front matter, save that it is not written yet."""
    read = split_front_matter(Source("", text))
    problems = (*read.problems, *typed_front_matter(read)[1])
    return [problem.message for problem in problems if problem.rule != "leftover-template-text"]

"""Values that a `#` cuts, and the comments that are none of them."""

from __future__ import annotations

import pytest

from postmortems.model.source import Source
from postmortems.read.front_matter import split_front_matter
from postmortems.read.pattern import read_pattern
from postmortems.read.register import read_register
from postmortems.settings import Settings


def cut(*lines: str) -> list[tuple[int, int, str]]:
    """Line, column and fact of each value that is cut in front matter of these lines."""
    read = split_front_matter(Source("p.md", "\n".join(["---", *lines, "---", ""])))
    return [(one.place.line, one.place.column, one.message.partition(", since")[0]) for one in read.problems]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["title: Queue #7 stalled"], [(2, 14, '"title" ends before "#7 stalled"')]),
        (["owner: payments #oncall"], [(2, 17, '"owner" ends before "#oncall"')]),
        (["owner: #oncall"], [(2, 8, '"owner" is empty: "#oncall" is a comment')]),
        (["trigger: merge of # 1204"], [(2, 19, '"trigger" ends before "# 1204"')]),
        (["services:", "  - F #sharp"], [(3, 7, '"services" ends before "#sharp"')]),
        (["authors: [Ann,", "  Bo #2", "  ]"], [(3, 6, '"authors" ends before "#2"')]),
        (["title: Queue #7 # check: from the file name"], [(2, 14, '"title" ends before "#7"')]),
        (["root_cause: a\t#b"], [(2, 15, '"root_cause" ends before "#b"')]),
        (["not_repeat_of: {id: a, reason: b", "  #3", "  }"], []),
        (["not_repeat_of:", "  id: a", "  reason: as in #3"], [(4, 17, '"reason" ends before "#3"')]),
    ],
)
def test_values_that_are_cut(lines: list[str], expected: list[tuple[int, int, str]]) -> None:
    assert cut(*lines) == expected


@pytest.mark.parametrize(
    "line",
    [
        "title: Queue stalled # the long one",
        "title: Queue stalled  # check: from the heading",
        "title: Queue stalled #",
        "title: Queue stalled #TODO: a better one",
        "title: Queue stalled # postmortems: allow missing-section: x",
        "title: Queue stalled #postmortems: allow missing-section: x",
        "title: Queue stalled ## noted",
        "title: 'Queue stalled' #7",
        'title: "Queue #7 stalled"',
        "title: Queue#7 stalled",
        "title: >\n  Queue #7 stalled",
        "severity: SEV2 #worst",
        "detection_target: 5m # 5 minutes",
        "started_at: 2026-03-02T14:20:00Z #about",
        "sources: [https://example.com/#7]",
        "# title: Queue #7",
        "x-team: a #7",
    ],
)
def test_comments_that_are_comments(line: str) -> None:
    assert cut(line) == []


def test_patterns_and_the_register_too() -> None:
    page = "---\ntitle: Locks\nfamily: database\nsignals:\n  - bug #12\n---\n"
    assert [one.rule for one in read_pattern("patterns/a.md", page.encode(), Settings()).problems] == [
        "comment-in-value"
    ]
    entry = "- id: INC #4\n  severity: SEV2 #4\n  resolved_at: unknown\n  waived: as in #3\n"
    problems = read_register("register.yml", entry.encode())[1]
    assert [(one.rule, one.place.line, one.place.column) for one in problems] == [
        ("comment-in-value", 1, 11),
        ("comment-in-value", 4, 17),
    ]


def test_a_bracket_that_a_comment_leaves_open_is_named_on_its_own_line() -> None:
    (problem,) = split_front_matter(Source("p.md", "---\nservices: [a #b, c]\ntitle: d\n---\n")).problems
    assert (problem.rule, problem.place.line, problem.place.column) == ("invalid-yaml", 2, 11)
    assert problem.help == 'quote a value that contains " #"'

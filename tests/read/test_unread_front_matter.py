"""Front matter that is there and cannot be read: it is named, kept out of the body, and its status saved for levels."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.model.source import Source
from postmortems.read.front_matter import split_front_matter
from postmortems.read.pattern import read_pattern
from postmortems.read.postmortem import postmortem_id
from postmortems.read.unread_front_matter import find_unread, salvaged
from postmortems.settings import Settings

KEYS = "title: a\nstatus: draft\n"


@pytest.mark.parametrize(
    ("above", "line", "message"),
    [
        ('+++\ntitle = "a"\nstatus = "draft"\n+++\n', 1, 'the front matter is TOML (between lines of "+++"), which is not read'),
        ('{\n  "title": "a",\n  "status": "draft"\n}\n', 1, "the front matter is JSON (in braces), which is not read"),
        ('{"title": "a", "status": "draft"}\n', 1, "the front matter is JSON (in braces), which is not read"),
        (';;;\n"title": "a",\n"status": "draft"\n;;;\n', 1, 'the front matter is JSON (between lines of ";;;"), which is not read'),
        (f"----\n{KEYS}----\n", 1, 'the front matter opens with "----", not with "---"'),
        (f"———\n{KEYS}———\n", 1, 'the front matter opens with "———", not with "---"'),
        (f"--- yaml\n{KEYS}---\n", 1, 'the front matter opens with "--- yaml", not with "---"'),
        (f" ---\n{KEYS} ---\n", 1, 'the "---" above the front matter is indented'),
        (f"```yaml\n---\n{KEYS}---\n```\n", 1, "the front matter is in a code block"),
        (f"~~~\n{KEYS}~~~\n", 1, "the front matter is in a code block"),
        (f"\n\n---\n{KEYS}---\n", 3, "the front matter starts on line 3, so it is not recognised"),
        (f"<!-- lint: off -->\n---\n{KEYS}---\n", 2, "the front matter starts on line 2, below a comment, so it is not recognised"),
        (f"<!--\nlint: off\n-->\n\n---\n{KEYS}---\n", 5, "the front matter starts on line 5, below a comment, so it is not recognised"),
        (f"# Title\n\n---\n{KEYS}---\n", 3, "the front matter starts on line 3, below other text, so it is not recognised"),
        (f"---\n{KEYS}\n", 1, 'the front matter opens with "---" but is never closed'),
        (f"{KEYS}\n", 1, 'the front matter has no "---" around it'),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_once_and_the_body_is_whole(above: str, line: int, message: str) -> None:
    body = "## Timeline\n\n- 14:23 Alert\n"
    read = split_front_matter(Source("p.md", above + body))
    assert [(one.rule, one.place.line, one.message) for one in read.problems] == [
        ("missing-front-matter", line, message)
    ]
    assert read.body.text.lstrip("\n") == body
    assert (above + body).split("\n")[read.body.first - 1 :] == read.body.text.split("\n")
    assert read.salvaged == {"status": "draft"}


def test_a_rule_in_the_text_does_not_close_the_front_matter() -> None:
    read = split_front_matter(
        Source("p.md", f"---\n{KEYS}severity: SEV1\n\n# Title\n\n## Timeline\n\nText\n\n---\n\nMore\n")
    )
    assert [(one.rule, one.place.line, one.message) for one in read.problems] == [
        ("missing-front-matter", 1, 'the front matter opens with "---" and is not closed above "# Title" (line 6)')
    ]
    assert (read.body.first, read.body.text[:7]) == (6, "# Title")
    assert read.salvaged == {"status": "draft", "severity": "SEV1"}


@pytest.mark.parametrize(
    "text",
    [
        "# Title\n\nText\n\n---\n\nMore\n\n---\n",
        "Date: 2026-03-02\nStatus: done\n\n# Title\n",
        "{% include a %}\n",
        "```yaml\nport: 80\n```\n",
        "{\n}\n",
        "----\nText\n",
        "<!-- a comment -->\n# Title\n",
        "title: a sentence that begins like a key\n\nText\n",
    ],
)
def test_text_that_only_looks_like_it(text: str) -> None:
    assert find_unread(text) is None
    assert split_front_matter(Source("p.md", text)).body.text == text


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["title: a: b", "status: draft", "severity: SEV2  # so far"], {"status": "draft", "severity": "SEV2"}),
        (["status: 'in-review'", "x: {status: draft}"], {"status": "in-review"}),
        (["x-board:", "  status: draft", "status: published"], {"status": "published"}),
        (['"status": "draft",'], {"status": "draft"}),
        (["status:", "severity : SEV1"], {"severity": "SEV1"}),
        (["substatus: draft"], {}),
    ],
)
def test_lines_that_are_plain(lines: list[str], expected: dict[str, str]) -> None:
    assert salvaged(lines) == expected


@given(
    st.lists(st.sampled_from(["---", "----", "+++", "```", "{", "}", "title: a", "## B", "", "<!--", "-->", " --- "]))
)
def test_the_body_is_always_the_end_of_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    read = split_front_matter(Source("p.md", text))
    assert text.endswith(read.body.text)
    assert read.body.first == text.count("\n") - read.body.text.count("\n") + 1 or not read.body.text


@pytest.mark.parametrize("above", ['+++\ntitle = "a"\nfamily = "b"\n+++\n', "---\ntitle: a: b\nfamily: c\n---\n"])
def test_of_a_pattern_that_cannot_be_read_nobody_knows_what_it_lacks(above: str) -> None:
    found = read_pattern("patterns/locks.md", f"{above}Text\n".encode(), Settings())
    assert len(found.problems) == 1
    assert (found.title, found.family) == ("Locks", "other")


def test_ids_are_composed_as_front_matter_is() -> None:
    """Some file systems hand out decomposed names."""
    assert postmortem_id("postmortems/2026/01-cafe\u0301/postmortem.md", "postmortems") == "2026/01-caf\u00e9"
    assert read_pattern("patterns/cafe\u0301.md", b"", Settings()).id == "caf\u00e9"

"""The plugin and its pages added to a `mkdocs.yml`: the lines that are new are all that changes."""

from __future__ import annotations

from difflib import unified_diff

import pytest
from hypothesis import given
from hypothesis import strategies as st

from postmortems.read.config_file import parse_config
from postmortems.start.site_config import SiteConfigError, with_plugin

PAGES = ("postmortems/index.md", "patterns/index.md")
BLOCK = """\
{i}- postmortems:
{i}      levels:
{i}        pattern-without-incident: off
"""


def added(text: str, merged: dict[str, object] | None = None) -> str:
    """The lines that are added; no other may differ."""
    after = with_plugin(text, merged if merged is not None else parse_config(text, "mkdocs.yml"), PAGES)
    changed = unified_diff(text.splitlines(True), after.splitlines(True), n=0)
    lines = [line for line in list(changed)[2:] if not line.startswith("@@")]
    assert all(line.startswith("+") for line in lines), lines
    return "".join(line[1:] for line in lines)


@pytest.mark.parametrize(
    ("text", "new"),
    [
        pytest.param(
            "plugins:\n  - search # of the site\n  # - tags\n\ntheme: material\n", BLOCK.format(i="  "), id="a list",
        ),
        pytest.param("plugins:\n- search:\n    lang: en\ntheme: material\n", BLOCK.format(i=""), id="without indentation"),
        pytest.param(
            "plugins:\n    - tags:\n        a: [\n          1,\n        ] # end\nx: 1\n", BLOCK.format(i="    "), id="a long value",
        ),
        pytest.param(
            "plugins:\n  - search\n  - macros:\n      text: |\n        # no comment\n\n        last\n\n\nx: 1\n",
            BLOCK.format(i="  "),
            id="a text of several lines",
        ),
        pytest.param(
            "plugins:\n  - search:\n      enabled: !ENV [A, true]\n  - x: !!python/name:a.b\n", BLOCK.format(i="  "), id="tags",
        ),
        pytest.param("plugins:\n  - search:\n  - tags:\n", BLOCK.format(i="  "), id="without values"),
        pytest.param(
            "plugins:\n  search:\n  tags: {}\n",
            "  postmortems:\n    levels:\n      pattern-without-incident: off\n",
            id="a mapping",
        ),
        pytest.param(
            "site_name: x\n# the end\n", "\nplugins:\n  - search\n" + BLOCK.format(i="  "), id="none: the host's own stays"
        ),
        pytest.param("plugins:\n  - postmortems\n", "", id="there already"),
        pytest.param("plugins: [postmortems]\nnav:\n  - a: postmortems/index.md\n  - patterns/index.md\n", "", id="all there"),
        pytest.param(
            "plugins: {postmortems: {}}\nnav:\n  - index.md # home\n  - B:\n      - b.md # b\n\n# after\nx: 1\n",
            "  - Postmortems:\n      - postmortems/index.md\n      - patterns/index.md\n",
            id="a navigation",
        ),
        pytest.param(
            "plugins: [postmortems]\nnav:\n- P: postmortems/index.md\n",
            "- Postmortems:\n    - patterns/index.md\n",
            id="a navigation that has one of them",
        ),
        pytest.param(
            "nav:\n  - index.md\nplugins:\n  - search\n",
            "  - Postmortems:\n      - postmortems/index.md\n      - patterns/index.md\n" + BLOCK.format(i="  "),
            id="both",
        ),
    ],
)  # fmt: skip
def test_lines_are_added_and_nothing_else_changes(text: str, new: str) -> None:
    assert added(text) == new


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (
            "plugins: [search, tags, ] # few\n",
            "plugins: [search, tags, {postmortems: {levels: {pattern-without-incident: off}}}, ] # few\n",
        ),
        ("plugins: []\n", "plugins: [{postmortems: {levels: {pattern-without-incident: off}}}]\n"),
        ("plugins: {search: {}}\n", "plugins: {search: {}, postmortems: {levels: {pattern-without-incident: off}}}\n"),
        (
            "plugins: [postmortems]\nnav: [index.md]\n",
            "plugins: [postmortems]\nnav: [index.md, {Postmortems: [postmortems/index.md, patterns/index.md]}]\n",
        ),
    ],
)
def test_between_brackets_one_entry_is_added(text: str, after: str) -> None:
    assert with_plugin(text, parse_config(text, "mkdocs.yml"), PAGES) == after


def test_line_ends_byte_order_mark_and_a_missing_last_line_end_are_kept() -> None:
    text = "\ufeffx: 1\r\nplugins:\r\n  - search"
    after = with_plugin(text, {"plugins": ["search"]}, ())
    assert after == text + ("\n" + BLOCK.format(i="  ")).replace("\n", "\r\n")


def test_plugins_that_a_parent_has_as_a_mapping_are_added_to() -> None:
    assert added("INHERIT: base.yml\n", {"plugins": {"search": {}}}) == (
        "\nplugins:\n  postmortems:\n    levels:\n      pattern-without-incident: off\n"
    )


@pytest.mark.parametrize(
    ("text", "merged", "said"),
    [
        pytest.param("INHERIT: b.yml\n", {"plugins": ["search"]}, "add `- postmortems` there", id="a parent's list"),
        pytest.param(
            "plugins: [postmortems]\nINHERIT: b.yml\n",
            {"plugins": ["postmortems"], "nav": ["index.md"]},
            "its `nav` is in the file that INHERIT names; add there: postmortems/index.md, patterns/index.md",
            id="a parent's navigation",
        ),
        pytest.param("x-p: &p [search]\nplugins: *p\n", None, "defined elsewhere, by an alias", id="an alias"),
        pytest.param("{plugins: [search]}\n", None, "not written with one key per line", id="all between braces"),
        pytest.param("plugins: search\n", None, "not a list or mapping", id="a word"),
        pytest.param("site_name: x\n...\n", None, "cannot be added to it safely", id="an end of the document"),
    ],
)
def test_what_cannot_be_changed_safely_is_refused(text: str, merged: dict[str, object] | None, said: str) -> None:
    with pytest.raises(SiteConfigError, match=said.replace("`", ".").replace("(", ".")):
        with_plugin(text, merged or parse_config(text, "mkdocs.yml"), PAGES)


ENTRIES = st.sampled_from([
    "search", "tags: {}", "macros:", "meta: # m", "a: [1,\n{i}    2]", "b:\n{i}    x: |\n{i}      # t\n\n{i}      u\n",
    "'q': \"#\"", "c:\n{i}    - d\n{i}    # e",
])  # fmt: skip
KEYS = st.sampled_from([
    "site_name: x\n", "# a comment\n", "\n", "theme: {name: material}\n", "x-env: !ENV [A, b]\n", "extra:\n  - y\n\n",
    "not_in_nav: |\n  /a.md\n",
])  # fmt: skip


@given(
    above=st.lists(KEYS, max_size=4, unique=True),
    below=st.lists(KEYS, max_size=3, unique=True),
    entries=st.lists(ENTRIES, min_size=1, max_size=4, unique=True),
    indent=st.integers(0, 4),
    gap=st.sampled_from(["", "\n", "  # after\n", "\n# after\n\n"]),
    end=st.sampled_from(["\n", "\r\n"]),
    nav=st.booleans(),
)
def test_whatever_stands_around_each_line_stays_where_it_is(
    above: list[str], below: list[str], entries: list[str], indent: int, gap: str, end: str, nav: bool
) -> None:
    i = " " * indent
    listed = "".join(f"{i}- {entry.replace('{i}', i)}\n" for entry in entries)
    pages = "nav:\n  - index.md\n  - B:\n    - b.md\n" if nav else ""
    below = [key for key in below if key not in above]
    text = "".join([*above, "plugins:\n", listed, gap, pages, *below]).replace("\n", end)
    before = parse_config(text, "mkdocs.yml")
    after = with_plugin(text, before, PAGES)
    found = parse_config(after, "mkdocs.yml")
    assert found.pop("plugins") == [
        *before.pop("plugins"),
        {"postmortems": {"levels": {"pattern-without-incident": False}}},
    ]
    if nav:
        assert found.pop("nav") == [*before.pop("nav"), {"Postmortems": list(PAGES)}]
    assert found == before
    rest = iter(after.split(end))
    assert all(line in rest for line in text.split(end))
    assert with_plugin(after, parse_config(after, "mkdocs.yml"), PAGES) == after

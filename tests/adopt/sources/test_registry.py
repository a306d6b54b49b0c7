"""All sources: which takes which files, and what none of them stumbles over. All exports are made up."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import markdown
import pytest
from hypothesis import given as with_values
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from postmortems.adopt.plan import make_plan, plan_data
from postmortems.adopt.plan_text import plan_lines
from postmortems.adopt.record import NoRecord, Record
from postmortems.adopt.sources.given import Given
from postmortems.adopt.sources.registry import NAMES, SOURCES, UnrecognisedError, source_of
from postmortems.adopt.written_file import written_file
from postmortems.read.postmortem import read_postmortem
from postmortems.settings import Settings
from tests.adopt.exported import assert_reads_back, given
from tests.adopt.sources.shapes import SHAPES

EXPORTS = [source for source in SOURCES if source.NAME not in ("folder", "google-docs")]


def test_each_source_has_a_shape_here() -> None:
    assert SHAPES.keys() == set(NAMES) - {"folder", "google-docs"}


@pytest.mark.parametrize("name", SHAPES)
def test_each_export_is_recognised_by_one_source_alone(name: str) -> None:
    one = given(SHAPES[name])
    assert name == source_of(one).NAME
    assert [source.NAME for source in EXPORTS if source.recognises(one)] == [name]


@pytest.mark.parametrize("name", SHAPES)
def test_an_export_that_came_along_with_prose_does_not_make_the_folder_an_export(name: str) -> None:
    files = {f"artifacts/{path}": content for path, content in SHAPES[name].items()}
    prose = {f"{number}.md": "# Slow\n\n## Timeline\n" for number in range(9)}
    one = given({**files, **prose})
    # Only what is exported with documents in Markdown may have so many beside it.
    assert (name if name in ("incident-io", "rootly", "firehydrant") else "folder") == source_of(one).NAME


@pytest.mark.parametrize("source", EXPORTS, ids=lambda source: str(source.NAME))
@pytest.mark.parametrize("name", SHAPES)
def test_the_export_of_another_product_is_named_and_gives_nothing(source: object, name: str) -> None:
    assert hasattr(source, "NAME")
    if name != source.NAME:
        found = list(source.read(given(SHAPES[name])))  # type: ignore[attr-defined]
        assert {one.source for one in found if isinstance(one, NoRecord)} == set(SHAPES[name])
        assert all(isinstance(one, NoRecord) for one in found)


EVIL = """x

# Evil

---
title: y
---
<script>alert(1)</script>
<!-- postmortems: allow missing-section: x -->
{{ x.__init__ }} {% x %} {# x #}
--8<-- "/etc/passwd"
![a](javascript:1) [b](javascript:1)
```
<script>alert(1)</script>
"""
KINDS = {"type", "subtype", "ts", "kind", "mode", "issue_url", "impact"}


def evil(value: object, key: str = "") -> object:
    """Some JSON with a text behind each of its texts that would do something, were it not made harmless."""
    if isinstance(value, dict):
        return {name: evil(child, name) for name, child in value.items()}
    if isinstance(value, list):
        return [evil(child, key) for child in value]
    is_text = isinstance(value, str) and key not in KINDS
    return value + EVIL if is_text and not re.match(r"2026-|https?:|P1|I1|01H|f-1|a-1|4e", str(value)) else value  # type: ignore[operator]


@pytest.mark.parametrize("name", SHAPES)
def test_texts_of_strangers_do_nothing(name: str) -> None:
    source = next(source for source in SOURCES if name == source.NAME)
    records = [
        one
        for one in source.read(given({path: evil(one) for path, one in SHAPES[name].items()}))
        if isinstance(one, Record)
    ]
    assert records
    for record in records:
        assert_reads_back(record)
        assert record.body is not None
        data = written_file(record, b"", record.origin)
        assert read_postmortem("postmortems/2026/01-x/postmortem.md", data, Settings()).waivers == ()
        assert "\n--8<--" not in record.body
        outside = re.sub(r"^(`{3,})[^`\n]*\n.*?^\1$|`[^`\n]*`", "", record.body, flags=re.MULTILINE | re.DOTALL)
        assert [sign for sign in ("<script", "{%", "{#", "{{", "<!-- postmortems") if sign in outside] == []
        html = markdown.markdown(record.body, extensions=["tables", "fenced_code", "attr_list", "md_in_html"])
        assert "<script" not in html


@pytest.mark.parametrize(
    ("files", "reason"),
    [
        ({"a.json": '{"incidents": [\n {"id" 1'}, "line 2: the file is not JSON: a colon is missing after a key"),
        ({"a.json": "", "b.json": "{}"}, "a.json: the file is empty"),
        ({"a.json": "[" * 100_000}, "line 1: the file is not JSON: it is nested too deeply"),
        ({"a.json": '{"foo": 1}'}, "its format is not known; known formats: google-docs, incident-io, "),
        ({"a.zip": b"PK\x03\x04"}, "a.zip is an archive, which is not opened: unpack it, and name the folder"),
    ],
)
def test_files_of_no_source_say_why(files: dict[str, object], reason: str) -> None:
    with pytest.raises(UnrecognisedError) as error:
        source_of(given(files))
    assert str(error.value).startswith(reason)


ODD = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20)
    | st.sampled_from(["2026-03-02T14:21:07Z", "2026-03-02T14:21:07", "0001-01-01T00:00:00+14:00", "1772461267.0002", "9" * 30, "\ud800", "{{ x }}", "---\n# x\n<b>"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def places_in(value: object, path: tuple[object, ...] = ()) -> list[tuple[object, ...]]:
    """Where the values of some JSON stand."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, child in children for place in places_in(child, (*path, key)))]


def changed(value: object, path: tuple[object, ...], to: object) -> object:
    """Some JSON with another value at one place."""
    if not path:
        return to
    first, rest = path[0], path[1:]
    if isinstance(value, dict):
        return {key: changed(child, rest, to) if key == first else child for key, child in value.items()}
    assert isinstance(value, list)
    return [changed(child, rest, to) if index == first else child for index, child in enumerate(value)]


@st.composite
def mangled(draw: st.DrawFn) -> tuple[str, dict[str, bytes]]:
    """An export with a few values replaced by something that nobody expects, and maybe cut off."""
    name = draw(st.sampled_from(sorted(SHAPES)))
    files: dict[str, bytes] = {}
    for path, content in SHAPES[name].items():
        for _ in range(draw(st.integers(0, 3))):
            content = changed(content, draw(st.sampled_from(places_in(content))), draw(ODD))
        data = json.dumps(content).encode()
        files[path] = data[: draw(st.integers(0, len(data)))] if draw(st.integers(0, 9)) == 0 else data
    return name, files


@hypothesis_settings(max_examples=150, deadline=None)
@with_values(mangled())
def test_no_source_raises_on_mangled_files(case: tuple[str, Mapping[str, bytes]]) -> None:
    name, files = case
    source = next(source for source in SOURCES if name == source.NAME)
    one = Given(files, Settings())
    source.recognises(one)
    plan = make_plan(source.read(one))
    assert "".join(plan_lines(plan)).isprintable()
    json.dumps(plan_data(plan)).encode()
    for record in plan.records:
        assert isinstance(record, Record)
        data = written_file(record, b"", record.origin)
        read = read_postmortem("postmortems/2026/01-x/postmortem.md", data, Settings())
        assert read.has_front_matter
        assert [problem for problem in read.problems if problem.rule == "invalid-yaml"] == []

"""What the banners of a preview hold."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from postmortems.publish.gate import _in_files

PATHS = st.text("ab/", max_size=4)


@given(st.lists(PATHS), st.sets(PATHS, max_size=4))
def test_findings_of_a_page_are_those_whose_path_begins_so(paths: list[str], beginnings: set[str]) -> None:
    findings: list[Any] = [SimpleNamespace(place=SimpleNamespace(path=path)) for path in sorted(paths)]
    here = [finding for finding in findings if finding.place.path.startswith(tuple(beginnings))]
    assert [*_in_files(findings, beginnings)] == here

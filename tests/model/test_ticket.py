"""Tickets as authors write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.growth import grows_with_its_length

from postmortems.model.ticket import ticket_references


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("OPS-12", ["OPS-12"]),
        ("#12", ["#12"]),
        ("#0012", ["#12"]),
        ("!7", ["!7"]),
        ("GH-12", ["#12"]),
        ("Example/Shop#12", ["example/shop#12"]),
        ("group/sub/shop!12", ["group/sub/shop!12"]),
        ("shop#12", ["shop#12"]),
        ("https://github.com/Example/Shop/issues/12", ["example/shop#12"]),
        ("<https://github.com/example/shop/pull/12#issuecomment-3>", ["example/shop#12"]),
        ("https://api.github.com/repos/example/shop/issues/12", ["example/shop#12"]),
        ("https://gitlab.example/a/b/c/-/issues/12", ["a/b/c#12"]),
        ("https://gitlab.example/a/b/-/merge_requests/12/diffs", ["a/b!12"]),
        ("https://gitlab.example/a/b/-/work_items/12", ["a/b#12"]),
        ("https://x.atlassian.net/browse/OPS-12?focusedId=3", ["OPS-12"]),
        ("https://jira.example/projects/OPS/issues/OPS-12", ["OPS-12"]),
        ("https://x.atlassian.net/jira/boards/1?selectedIssue=OPS-12", ["OPS-12"]),
        ("[#12](https://github.com/example/shop/issues/12)", ["example/shop#12"]),
        ("[OPS-12](https://x.atlassian.net/browse/OPS-12)", ["OPS-12"]),
        ("[OPS-12](https://wiki.example/page)", ["OPS-12"]),
        ("OPS-12, OPS-13 and #4", ["OPS-12", "OPS-13", "#4"]),
        ("OPS-12 / OPS-12", ["OPS-12"]),
        ("see OPS-12 (blocked)", ["OPS-12"]),
        ("https://wiki.example/OPS-12", []),
        ("https://github.com/example/shop", []),
        ("ask Dana", []),
        ("UTF-8-clean", []),
        ("#12a", []),
        ("v2.1-3", []),
        ("", []),
    ],
)
def test_what_a_ticket_names(text: str, expected: list[str]) -> None:
    assert [str(reference) for reference in ticket_references(text)] == expected


def test_a_url_knows_its_host() -> None:
    (reference,) = ticket_references("https://GitHub.com/example/shop/issues/12")
    assert (reference.host, reference.repository, reference.key) == ("github.com", "example/shop", "#12")


@given(st.text("aA-/#1[]()<>:. ", max_size=200))
def test_any_text_can_be_asked(text: str) -> None:
    assert all(str(reference) for reference in ticket_references(f"https://{text}"))


@pytest.mark.parametrize("piece", ["a/", "A-", "[", "https://", "#1", "a.", "/issues/", "browse/"])
def test_time_grows_with_the_length_alone(piece: str) -> None:
    assert grows_with_its_length(ticket_references, lambda length: piece * (length // len(piece)))

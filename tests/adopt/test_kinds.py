"""A near miss and a drill come in as such, and not as an incident, which figures count."""

from __future__ import annotations

import pytest

from postmortems.adopt.record import UNKNOWN_VALUE, Certainty
from postmortems.adopt.written_file import written_file
from tests.adopt.documents import record

STATED, DERIVED = Certainty.STATED, Certainty.DERIVED


@pytest.mark.parametrize(
    ("head", "kind", "certainty"),
    [
        ("---\nkind: near-miss\n---\n# Disk", "near-miss", STATED),
        ("---\ntype: Near miss\n---\n# Disk", "near-miss", STATED),
        ("# Disk\n\n**Type:** Near-miss", "near-miss", STATED),
        ("# Disk\n\n| Incident type | Drill |\n|---|---|\n| Day | 2024-05-21 |", "drill", STATED),
        ("# Disk\n\n- Kind: game day", "drill", STATED),
        ("# Near miss: disk", "near-miss", DERIVED),
        ("# [Near Miss] Disk", "near-miss", DERIVED),
        ("# Disk (near miss)", "near-miss", DERIVED),
        ("# Game day - lose the primary", "drill", DERIVED),
        ("# Drill: lose the primary", "drill", DERIVED),
        ("# Near misses are rare", None, None),
        ("# Drill down is slow", None, None),
        ("# Disk\n\n**Type:** Database", None, None),
        ("---\nkind: incident\ntype: post\n---\n# Disk", None, None),
    ],
)
def test_the_kind_of_a_document(head: str, kind: str | None, certainty: Certainty | None) -> None:
    made = record(f"{head}\n\n## Summary\n\nIt was full.\n")
    found = made.values.get("kind", UNKNOWN_VALUE)
    assert found.value == kind
    if kind:
        assert found.certainty is certainty
    assert (f"\nkind: {kind}\n" in written_file(made, b"", "x").decode()) is bool(kind)

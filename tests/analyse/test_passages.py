"""What saved near misses and the optional sections, as they are gathered for pages."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.builders import corpus, incident

from postmortems.analyse.passages import learned_in, passages_of, saved_by
from postmortems.model.front_matter import IncidentKind
from postmortems.read.languages import reading_in
from postmortems.read.templates import packaged_template


def near_miss(name: str, body: str, kind: str = "near-miss") -> tuple[tuple[str, ...], ...]:
    members = (incident(name, kind=kind, body=body),)
    return tuple(found.points for found in saved_by(members, corpus(*members)))


@pytest.mark.parametrize(
    ("body", "points"),
    [
        pytest.param("## What Saved Us\n\n- The limit held.\n- Kim looked.\n", (("The limit held.", "Kim looked."),), id="a list"),
        pytest.param("## Saved by\n\nA limit.\n", (("A limit.",),), id="a text"),
        pytest.param("## What Went Well\n\n- The limit held.\n", (("The limit held.",),), id="what went well"),
        pytest.param("## What Saved Us\n\n- A limit.\n\n## What Went Well\n\n- Calm.\n", (("A limit.",),), id="both"),
        pytest.param("## What Saved Us\n\nTwo things:\n\n| What | Luck |\n|---|---|\n| The *limit* | no |\n| Friday | |\n| | |\n",
                     (("The *limit* · no", "Friday"),), id="a table"),
        pytest.param("## What Saved Us\n\n### Luck\n\n- Night.\n\n### Design\n\n1. A limit.\n", (("Night.", "A limit."),), id="below"),
        pytest.param("## What Saved Us\n\n### Luck\n\nNight.\n\n### Design\n\nA limit.\n", (("Night.", "A limit."),), id="texts below"),
        pytest.param("## What Saved Us\n\nNone: it was luck alone.\n", (), id="none"),
        pytest.param("## What Saved Us\n", (), id="nothing"),
        pytest.param("## Timeline\n\nText.\n", (), id="no such section"),
    ],
)  # fmt: skip
def test_what_saved_a_near_miss(body: str, points: tuple[tuple[str, ...], ...]) -> None:
    assert near_miss("a", body) == points
    assert near_miss("a", body, "incident") == ()
    assert near_miss("a", body, "drill") == ()


def test_what_a_template_left_is_not_gathered() -> None:
    template = packaged_template(kind=IncidentKind.NEAR_MISS)
    member = incident("a", kind="near-miss", body=template.split("---\n", 2)[2])
    known = replace(corpus(member), template_texts=(packaged_template(), template))
    assert saved_by([member], known) == ()
    assert learned_in([member], known) == ()
    [found] = saved_by([member], corpus(member))
    assert len(found.points) == 2


def test_optional_sections_in_their_order_with_those_who_have_them() -> None:
    surprise = "### Surprises\n\n- The *cache* answered.\n"
    runbook = "## Runbook Changes\n\n- [x] New: move the archive\n- [ ] \n"
    members = (
        incident("a", body=f"## Lessons Learned\n\nOne.\n\n{surprise}"),
        incident("b", body=runbook, kind="drill"),
        incident("c", body=f"{runbook}\n## What Surprised Us\n\nNone: it was all known.\n"),
    )
    found = [
        (section, [(each.postmortem.id, each.points) for each in passages])
        for section, passages in learned_in(members, corpus(*members))
    ]
    assert found == [
        ("What Surprised Us", [("2024/a", ("The *cache* answered.",))]),
        ("Runbook Changes", [("2024/b", ("New: move the archive",)), ("2024/c", ("New: move the archive",))]),
    ]


def test_none_in_another_language_is_no_point() -> None:
    with reading_in(["de"]):
        none, some = (
            incident(name, body=f"## Beitragende Faktoren\n\n{text}\n")
            for name, text in (("a", "Keine: sonst war nichts."), ("b", "Keine Quote."))
        )
        found = passages_of("Contributing Factors", [none, some], corpus(none, some))
    assert [each.points for each in found] == [("Keine Quote.",)]

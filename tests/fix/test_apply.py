"""Findings put right in a whole knowledge base: in rounds, and only where nothing new is found afterwards."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

import pytest
from tests.conftest import POSTMORTEM
from tests.fix.one_fix import PATH

from postmortems.fix.apply import fixed_files
from postmortems.fix.dry_run import Found, Trial
from postmortems.fix.fix import FixContext
from postmortems.fix.fixed_file import FixedFile
from postmortems.model.diagnostic import Diagnostic, Level
from postmortems.model.place import Place
from postmortems.results import Run

Look = Callable[..., Run]


def without(*parts: str) -> str:
    text = POSTMORTEM
    for part in parts:
        assert part in text
        text = text.replace(part, "")
    return text


def fixed(run: Run, wanted: tuple[Diagnostic, ...] | None = None) -> FixedFile:
    """The one file that changes where these findings, else all, are put right."""
    (file,) = run.fixes(run.diagnostics if wanted is None else wanted)
    return file


def codes(run: Run) -> list[str]:
    return [one.code for one in run.diagnostics]


def test_all_kinds_at_once_until_nothing_is_left(look: Look) -> None:
    text = (
        POSTMORTEM.replace("severity:", "severty:")
        .replace("status: published", "status: Published")
        .replace("[database-issues]", "[db]")
        .replace("2026-03-02T14:45:00Z", "2026-03-02 14:45 UTC")
        .replace("| 2026-03-02 14:20 | Requests queue for a connection | |\n", "")
        .replace("| 14:45 |", "| 2026-03-02 14:20 | Requests queue for a connection | |\n| 14:45 |")
    )
    run = look({PATH: text})
    assert sorted(codes(run)) == ["PM005", "PM006", "PM007", "PM007", "PM203", "PM401"]
    file = fixed(run)
    assert (file.path, file.before, file.answered) == (PATH, text.encode(), 5)
    after = look({PATH: file.after})
    assert codes(after) == []
    assert after.fixes(after.diagnostics) == ()


def test_a_document_that_is_sound_is_left_alone(look: Look) -> None:
    assert look({PATH: POSTMORTEM}).fixes(()) == ()
    run = look({PATH: POSTMORTEM.replace("14:20:00Z", "14:20Z").replace("- [x]", "- [X]")})
    assert run.fixes(run.diagnostics) == ()


def test_only_what_is_asked_for_is_fixed(look: Look) -> None:
    run = look({PATH: POSTMORTEM.replace("severity:", "severty:").replace("[database-issues]", "[db]")})
    file = fixed(run, tuple(one for one in run.diagnostics if one.code == "PM401"))
    assert file.after.decode() == POSTMORTEM.replace("severity:", "severty:")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("status: published\n", "status: publshed\n", id="a status that wants a date"),
        pytest.param(
            "detected_at: 2026-03-02T14:23:00Z", "detectd_at: 2026-03-02T13:23:00Z", id="a moment out of order"
        ),
        pytest.param("severity: SEV2", "severty: SEV9", id="a key whose value is wrong"),
        pytest.param("patterns: [database-issues]", "paterns: [other]", id="a key whose pattern is not known"),
    ],
)
def test_a_file_in_which_something_new_would_come_to_light_is_given_back(old: str, new: str, look: Look) -> None:
    text = POSTMORTEM.replace(old, new)
    if old.startswith("status"):
        text = text.replace("published_on: 2026-03-09\n", "")
    run = look({PATH: text.replace("detected_by: alert", "detected_by: alrt")})
    given_back: list[tuple[str, str]] = []
    assert run.fixes(run.diagnostics, lambda path, new: given_back.append((path, new))) == ()
    ((path, new),) = given_back
    assert path == PATH
    assert new not in [diagnostic.message for diagnostic in run.diagnostics]


def test_what_two_fixed_files_would_find_of_each_other_counts_as_well(look: Look) -> None:
    """Each alone is sound, but with one pattern both are, and the later would look like a repeat of the earlier."""
    later = POSTMORTEM.replace("[database-issues]", "[db]").replace("detected_by: alert", "detected_by: Alrt")
    front = POSTMORTEM.split("---")[1].replace("[database-issues]", "[database-isues]")
    for old, new in (
        ("2026-03-02", "2026-02-20"),
        ("2026-03-09", "2026-02-27"),
        ("connection pool exhaustion", "cooling"),
        ("Checkout times out", "Racks overheat"),
    ):
        front = front.replace(old, new)
    files = {PATH: later, "postmortems/2026/00-heat/postmortem.md": f"---{front}---\n\nHeat.\n"}
    run = look(files)
    fixable = tuple(one for one in run.diagnostics if one.code in ("PM007", "PM401"))
    assert [one.code for one in fixable] == ["PM401", "PM007", "PM401"]
    assert "PM405" not in codes(run)
    after = look({file.path: file.after for file in run.fixes(fixable)})
    assert [code for code in codes(after) if code in ("PM007", "PM401", "PM405")] == ["PM007", "PM401"]


def test_when_a_file_is_given_back_the_others_are_checked_again(look: Look) -> None:
    other = "postmortems/2025/01-other/postmortem.md"
    text = POSTMORTEM.replace("[database-issues]", "[db]")
    run = look({PATH: text, other: text.replace("2026-03", "2025-03")})
    trial = Trial(run.analysis, run.docs, run.masking)
    calls: list[frozenset[str]] = []

    def tried(texts: Mapping[str, bytes], only: Collection[str]) -> Mapping[str, Found]:
        calls.append(frozenset(only))
        found = dict(trial(texts, only))
        if len(calls) == 1:
            new = Diagnostic("PM209", "time-in-the-future", Level.ERROR, Place.at(PATH), "it is the future", "")
            found[PATH] = Found([*found[PATH].diagnostics, new], found[PATH].sections)
        return found

    wanted = [one for one in run.diagnostics if one.code == "PM401"]
    opened = {PATH: text.encode(), other: text.replace("2026-03", "2025-03").encode()}
    context = FixContext(run.settings, "", "", run.corpus.patterns)
    files = fixed_files(run.diagnostics, wanted, opened.get, tried, context)
    assert [file.path for file in files] == [other]
    assert calls == [{PATH, other}, {other}]


def test_a_missing_section_is_then_an_empty_one(look: Look) -> None:
    text = without("### What Went Well\n\n- The alert named the pool.\n\n")
    run = look({PATH: text})
    assert codes(run) == ["PM101"]
    file = fixed(run)
    assert file.answered == 1
    after = look({PATH: file.after})
    (only,) = after.diagnostics
    assert (only.code, only.message) == ("PM102", 'section "What Went Well" is empty')
    assert only.level == run.diagnostics[0].level


def test_an_added_timeline_and_action_items_have_nothing_in_them_either(look: Look) -> None:
    head, rest = POSTMORTEM.split("## Timeline\n")
    text = head + "## Root Cause Analysis\n" + rest.split("## Root Cause Analysis\n")[1].split("## Action Items")[0]
    run = look({PATH: text})
    assert codes(run) == ["PM101", "PM101"]
    file = fixed(run)
    assert file.answered == 2
    after = look({PATH: file.after})
    assert sorted(codes(after)) == ["PM102", "PM102", "PM201", "PM501"]
    assert after.fixes(after.diagnostics) == ()


@pytest.mark.parametrize(
    "levels",
    [
        pytest.param({"empty-section": "off"}, id="a gate that would pass by it"),
        pytest.param({"missing-section": "warning"}, id="a gate that would close by it"),
    ],
)
def test_a_section_is_not_added_where_that_would_change_the_gate(levels: dict[str, str], look: Look) -> None:
    run = look({PATH: without("### What Went Well\n\n- The alert named the pool.\n\n")}, levels=levels)
    assert codes(run) == ["PM101"]
    assert run.fixes(run.diagnostics) == ()


def test_a_section_is_not_added_into_a_fence_that_is_never_closed(look: Look) -> None:
    text = without("## Lessons Learned\n\nA pool is a queue.\n").replace("- 340 orders", "```\n- 340 orders")
    run = look({PATH: text})
    assert {"PM101"} <= set(codes(run))
    assert run.fixes(run.diagnostics) == ()


def test_parents_and_children_are_added_together_or_not_at_all(look: Look) -> None:
    begin, end = POSTMORTEM.index("## Response Evaluation"), POSTMORTEM.index("## Action Items")
    run = look({PATH: POSTMORTEM[:begin] + POSTMORTEM[end:]})
    assert codes(run) == ["PM101"] * 3
    assert run.fixes(run.diagnostics[:1]) == ()
    file = fixed(run)
    assert file.answered == 3
    added = "\n## Response Evaluation\n\n### What Went Well\n\n<!-- What would"
    assert added in file.after.decode()


def test_what_follows_an_added_section_is_moved_into_it_at_once(look: Look) -> None:
    """Where the section before was demoted, the added one would stand on the level of its own subsections."""
    text = without("## Root Cause Analysis\n\n").replace("## Timeline", "### Timeline")
    run = look({PATH: text})
    assert codes(run) == ["PM101"]
    file = fixed(run)
    assert file.answered == 1
    assert "### Root Cause Analysis\n\n#### Primary Cause\n" in file.after.decode()
    after = look({PATH: file.after})
    assert (codes(after), after.fixes(after.diagnostics)) == ([], ())


def test_a_timeline_json_beside_it_is_read_as_well(look: Look) -> None:
    events = '[{"at": "2026-03-02T14:20:00Z", "event": "Requests queue"}]'
    files = {
        PATH: POSTMORTEM.replace("[database-issues]", "[db]"),
        PATH.replace("postmortem.md", "timeline.json"): events,
    }
    file = fixed(look(files))
    assert file.after.decode() == POSTMORTEM


def test_a_pattern_page(look: Look) -> None:
    run = look({"patterns/cache.md": "---\ntitle: Cache\nfamly: capacity\n---\r\nText"})
    (file,) = run.fixes(run.diagnostics)
    assert file.after == b"---\ntitle: Cache\nfamily: capacity\n---\r\nText"


def test_a_file_that_is_gone_or_no_text_by_now_is_left_out(look: Look) -> None:
    run = look({PATH: POSTMORTEM.replace("[database-issues]", "[db]")})
    (run.docs / PATH).write_bytes(b"\xff\xfe")
    assert run.fixes(run.diagnostics) == ()
    (run.docs / PATH).unlink()
    assert run.fixes(run.diagnostics) == ()


@pytest.mark.large
def test_three_thousand_findings_in_one_file(look: Look) -> None:
    rows = [f"| 2026-03-{2 + i // 1440:02d} {i // 60 % 24:02d}:{i % 60:02d} | event {i} |" for i in range(3_001)]
    text = POSTMORTEM.replace("2026-03-02T", "2026-03-01T")
    begin, end = text.index("| Time (UTC)"), text.index("\n## Root Cause Analysis")
    newest_first, oldest_first = (
        "\n".join(["| Time (UTC) | Event |", "|---|---|", *lines, ""]) for lines in (rows[::-1], rows)
    )
    run = look({PATH: text[:begin] + newest_first + text[end:]})
    wanted = tuple(one for one in run.diagnostics if one.code == "PM203")
    assert len(wanted) == 3_000
    file = fixed(run, wanted)
    assert file.answered == 3_000
    assert file.after.decode() == text[:begin] + oldest_first + text[end:]


def test_front_matter_that_can_be_read_again_shows_what_it_hid(look: Look) -> None:
    """The findings that only come to light then are no reason against it, and are put right, too."""
    text = POSTMORTEM.replace("title: Checkout times out", "title: Checkout: times out")
    assert text != POSTMORTEM
    file = fixed(look({PATH: text}))
    assert file.after.decode() == POSTMORTEM.replace("title: Checkout times out", "title: 'Checkout: times out'")
    text = text.replace("status: published", "status: Published").replace("owner: Payments", "owner: @Payments")
    text = text.replace("severity: SEV2", "severity: high")
    run = look({PATH: text})
    assert [code for code in codes(run) if code < "PM100"] == ["PM003"]
    after = fixed(run).after.decode()
    assert "title: 'Checkout: times out'\nstatus: published\nseverity: high\n" in after
    assert "owner: '@Payments'" in after
    assert codes(look({PATH: after.encode()})) == ["PM007", "PM011"]

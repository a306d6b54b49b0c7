"""Keys, values, moments and boxes: what is surely meant, and what is left alone because it is not sure."""

from __future__ import annotations

import pytest
from tests.fix.one_fix import after, proposed

from postmortems.fix.fix import Fix
from postmortems.fix.fixes import (
    byte_order_mark,
    checkboxes,
    comment_in_value,
    invalid_value,
    invalid_yaml,
    list_value,
    moments,
    unknown_field,
    unknown_pattern,
)
from postmortems.read.yaml_scalar import plain


def front(*lines: str) -> str:
    return "\n".join(["---", *lines, "---", "", "Text: severty, status: publshed.", ""])


@pytest.mark.parametrize(
    ("fix", "before", "expected"),
    [
        # Keys
        (unknown_field.FIX, "severty: SEV2", "severity: SEV2"),
        (unknown_field.FIX, "Severity: SEV2", "severity: SEV2"),
        (unknown_field.FIX, "detected-by: alert # pager", "detected_by: alert # pager"),
        (unknown_field.FIX, "'staus':   draft", "'status':   draft"),
        (unknown_field.FIX, '"staus": "draft"', '"status": "draft"'),
        (unknown_field.FIX, "{title: x, staus: draft}", "{title: x, status: draft}"),
        (unknown_field.FIX, "patterns: [{pattern: a, rloe: trigger}]", "patterns: [{pattern: a, role: trigger}]"),
        (unknown_field.FIX, "not_repeat_of: {id: a, reson: b}", "not_repeat_of: {id: a, reason: b}"),
        (unknown_field.FIX, "not_repeat_of:\n- id: a\n  reson: b", "not_repeat_of:\n- id: a\n  reason: b"),
        # Values out of a list
        (invalid_value.FIX, "status: publshed", "status: published"),
        (invalid_value.FIX, "status: Published  # at last", "status: published  # at last"),
        (invalid_value.FIX, "status: in review", "status: in-review"),
        (invalid_value.FIX, "status: 'darft'", "status: 'draft'"),
        (invalid_value.FIX, 'status: "drafft"', 'status: "draft"'),
        (invalid_value.FIX, "severity: sev2", "severity: SEV2"),
        (invalid_value.FIX, "severity: SEV-2", "severity: SEV2"),
        (invalid_value.FIX, "severity: SEVV2", "severity: SEV2"),
        (invalid_value.FIX, "detected_by: third party", "detected_by: third-party"),
        (invalid_value.FIX, "kind: nearmiss", "kind: near-miss"),
        (invalid_value.FIX, "patterns:\n- {pattern: a, role: triger}", "patterns:\n- {pattern: a, role: trigger}"),
        # Values that YAML cuts, or takes for something else
        (comment_in_value.FIX, "title: Queue #7 stalled", "title: 'Queue #7 stalled'"),
        (comment_in_value.FIX, "title: It's #7  # check: seen", "title: 'It''s #7'  # check: seen"),
        (comment_in_value.FIX, "owner: #oncall", "owner: '#oncall'"),
        (comment_in_value.FIX, "services:\n  - F #sharp", "services:\n  - 'F #sharp'"),
        (list_value.FIX, "services: search", "services: [search]"),
        (list_value.FIX, "services: search, C++ # all", "services: [search, C++] # all"),
        (list_value.FIX, 'authors: "Ann"', 'authors: ["Ann"]'),
        (list_value.FIX, "patterns: database-issues", "patterns: [database-issues]"),
        (list_value.FIX, "sources: https://example.com/a", "sources: [https://example.com/a]"),
        (list_value.FIX, "services:\n  - api: timeouts # so\n  - b", "services:\n  - 'api: timeouts' # so\n  - b"),
        (list_value.FIX, "services: [api: eu, search]", "services: ['api: eu', search]"),
        (invalid_yaml.FIX, "title: DB: primary lost", "title: 'DB: primary lost'"),
        (invalid_yaml.FIX, "title: DB: it's #7 # check: so", "title: 'DB: it''s #7' # check: so"),
        (invalid_yaml.FIX, "title: [EU] down\nowner: @ann", "title: '[EU] down'\nowner: '@ann'"),
        (invalid_yaml.FIX, "services:\n  - api: a: b\ntrigger: c: d", "services:\n  - 'api: a: b'\ntrigger: 'c: d'"),
        (invalid_yaml.FIX, 'title: "DB" lost', "title: '\"DB\" lost'"),
        # Patterns
        (unknown_pattern.FIX, "patterns: [database-isues]", "patterns: [database-issues]"),
        (unknown_pattern.FIX, "patterns:\n  - Database Issues", "patterns:\n  - database-issues"),
        (unknown_pattern.FIX, "patterns: ['db']", "patterns: ['database-issues']"),
        (unknown_pattern.FIX, "patterns: [{role: trigger, pattern: db}]", "patterns: [{role: trigger, pattern: database-issues}]"),
        # Moments
        (moments.FIX, "started_at: 2026-03-02 14:20Z", "started_at: 2026-03-02T14:20:00Z"),
        (moments.FIX, "started_at: 2026-03-02T14:20+00:00", "started_at: 2026-03-02T14:20:00Z"),
        (moments.FIX, "started_at: '2026-03-02 14:20 UTC' # about", "started_at: '2026-03-02T14:20:00Z' # about"),
        (moments.FIX, "started_at: 2026-3-2 9:20:05 +0100", "started_at: 2026-03-02T09:20:05+01:00"),
        (moments.FIX, "started_at: 2026-03-02t14:20:00-05", "started_at: 2026-03-02T14:20:00-05:00"),
        (moments.FIX, "date: 2026-3-2", "date: 2026-03-02"),
        (moments.FIX, 'published_on: "2026/03/02"', 'published_on: "2026-03-02"'),
    ],
)  # fmt: skip
def test_what_is_meant(fix: Fix, before: str, expected: str) -> None:
    assert after(fix, front(before)) == front(expected)
    assert after(fix, front(expected)) == front(expected)


@pytest.mark.parametrize(
    ("fix", "written"),
    [
        pytest.param(unknown_field.FIX, "severty: SEV2\nseverity: SEV1", id="the key is there"),
        pytest.param(unknown_field.FIX, "severty: SEV2\nseverit: SEV1", id="two keys for one"),
        pytest.param(unknown_field.FIX, "service: checkout", id="the key does not take this value"),
        pytest.param(unknown_field.FIX, "severty:", id="there is no value"),
        pytest.param(unknown_field.FIX, "detected_bt: alert", id="one slip from two keys"),
        pytest.param(unknown_field.FIX, "started: 2026-03-02T14:20:00Z", id="more than one slip"),
        pytest.param(unknown_field.FIX, "x-severity: SEV2\ntags: [a]\nhidee: [toc]", id="keys of others"),
        pytest.param(unknown_field.FIX, '"sever\\x74y": SEV2', id="written with an escape"),
        pytest.param(unknown_field.FIX, "&a severty: SEV2", id="with an anchor"),
        pytest.param(unknown_field.FIX, "severty: [", id="no YAML"),
        pytest.param(invalid_value.FIX, "severity: SEV5", id="a figure is another severity"),
        pytest.param(invalid_value.FIX, "severity: SEV22", id="a figure too many"),
        pytest.param(invalid_value.FIX, "severity: SEV", id="near to all"),
        pytest.param(invalid_value.FIX, "severity: high", id="near to none"),
        pytest.param(invalid_value.FIX, "severity: S2", id="too short for a slip"),
        pytest.param(invalid_value.FIX, "severity: 2", id="a number"),
        pytest.param(invalid_value.FIX, "status: done", id="another word"),
        pytest.param(invalid_value.FIX, "status: >\n  publshed", id="on several lines"),
        pytest.param(invalid_value.FIX, "status: !!str publshed", id="with a tag"),
        pytest.param(invalid_value.FIX, "detected_by: no", id="a word of YAML's"),
        pytest.param(comment_in_value.FIX, "title: Queue # 7", id="a number that may count something"),
        pytest.param(comment_in_value.FIX, "authors: [Ann,\n  Bo #2, Cy\n  ]", id="a comma behind it"),
        pytest.param(comment_in_value.FIX, "title: Queue stalled # the long one", id="a comment"),
        pytest.param(comment_in_value.FIX, "title: [", id="a value in no YAML"),
        pytest.param(list_value.FIX, "authors: Doe, Jane", id="a comma in a name"),
        pytest.param(list_value.FIX, "services: the shop, in Spain", id="a comma in a text"),
        pytest.param(list_value.FIX, "services: |\n  search", id="a block"),
        pytest.param(list_value.FIX, "services: 404", id="a figure"),
        pytest.param(list_value.FIX, "services:\n  - a: 1\n    b: 2", id="a mapping of two keys"),
        pytest.param(list_value.FIX, "services:\n  - {a: b}", id="a mapping in braces"),
        pytest.param(list_value.FIX, "patterns: [{pattern: a}]", id="where mappings belong"),
        pytest.param(invalid_yaml.FIX, "title: 'it's down'", id="which quotes are meant"),
        pytest.param(invalid_yaml.FIX, "status: a: b", id="no free text"),
        pytest.param(invalid_yaml.FIX, "title: a: b\n\tstatus: x", id="something else is wrong, too"),
        pytest.param(invalid_yaml.FIX, "title: a\n  b: c", id="on two lines"),
        pytest.param(unknown_pattern.FIX, "patterns: [db, database-issues]", id="it is there already"),
        pytest.param(unknown_pattern.FIX, "patterns: [network-failures]", id="no pattern near"),
        pytest.param(unknown_pattern.FIX, "patterns: database-isues", id="no list"),
        pytest.param(moments.FIX, "started_at: 2026-03-02T14:20:00", id="without a zone"),
        pytest.param(moments.FIX, "started_at: 2026-03-02 14:20 CET", id="a zone's name"),
        pytest.param(moments.FIX, "started_at: 02-03-2026 14:20Z", id="the year last"),
        pytest.param(moments.FIX, "started_at: 2026-13-02 14:20Z", id="no such month"),
        pytest.param(moments.FIX, "started_at: 2026-03-02 24:20Z", id="no such hour"),
        pytest.param(moments.FIX, "started_at: 2026-03-02T14:20:00.25Z", id="a fraction"),
        pytest.param(moments.FIX, "started_at: unknown\ndetected_at: Unknown", id="unknown"),
        pytest.param(moments.FIX, "date: 3/2/2026", id="a day with the year last"),
        pytest.param(moments.FIX, "date: 2026-03/02", id="mixed signs"),
        pytest.param(moments.FIX, "a: &t 2026-03-02 14:20Z\nstarted_at: *t", id="an alias"),
    ],
)  # fmt: skip
def test_what_is_not_sure_stays(fix: Fix, written: str) -> None:
    assert after(fix, front(written)) == front(written)


def test_a_key_of_a_pattern_page() -> None:
    page = "---\ntitle: Cache\nfamly: capacity\n---\n\nText\n"
    assert after(unknown_field.FIX, page, "patterns/cache.md") == page.replace("famly", "family")
    for fix in (invalid_value.FIX, unknown_pattern.FIX, moments.FIX, checkboxes.FIX):
        assert proposed(fix, page, "patterns/cache.md") == []


def test_an_id_that_two_patterns_may_mean_stays() -> None:
    assert after(invalid_value.FIX, front("severity: majr"), severities=["major", "minor"]) == front("severity: major")
    assert after(invalid_value.FIX, front("severity: mjor"), severities=["major", "mijor"]) == front("severity: mjor")


def test_a_value_that_is_no_plain_word_is_quoted() -> None:
    scale = ["Sev 1: all", "no", "#3"]
    assert after(invalid_value.FIX, front("severity: sev 1 all"), severities=scale) == front("severity: 'Sev 1: all'")
    assert [plain(word) for word in ("a-b", "2026-03-02T14:20:00Z", "no", "#3", "a: b", "a, b", "", " a")] == [
        "a-b", "2026-03-02T14:20:00Z", "'no'", "'#3'", "'a: b'", "'a, b'", "''", "' a'",
    ]  # fmt: skip


def test_only_a_form_that_was_read_before_needs_no_finding() -> None:
    first, second = proposed(moments.FIX, front("started_at: 2026-03-02 14:20Z", "detected_at: 2026-03-02 14:20 UTC"))
    assert (first.is_form, first.answers) == (True, ())
    assert (second.is_form, [answer.rule for answer in second.answers]) == (False, ["invalid-value"])


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("- [X] Fix it", "- [x] Fix it"),
        ("- [] Fix it", "- [ ] Fix it"),
        ("- [ x ] Fix it", "- [x] Fix it"),
        ("- [x ] [payments] Fix it", "- [x] [payments] Fix it"),
        ("- [  ]  Fix it  ", "- [ ]  Fix it  "),
        ("1. [X] Fix it", "1. [x] Fix it"),
        ("* a\n  * [X] b", "* a\n  * [x] b"),
        ("- []", "- [ ]"),
        ("- [x] Fix it\n- [ ] And this", "- [x] Fix it\n- [ ] And this"),
        ("- [](a.md) Fix it", "- [](a.md) Fix it"),
        ("- [X](a.md) Fix it", "- [X](a.md) Fix it"),
        ("- [X]: https://example.com", "- [X]: https://example.com"),
        ("- Fix [X] it", "- Fix [X] it"),
        ("```\n- [X] code\n```", "```\n- [X] code\n```"),
        ("> - [X] quoted", "> - [X] quoted"),
        ("| [X] |\n|---|\n| [X] |", "| [X] |\n|---|\n| [X] |"),
        ("- [✓] done", "- [x] done"),
        ("- [ ✔️ ] done", "- [x] done"),
        ("- [~] not applicable", "- [~] not applicable"),
        ("- [-] dropped", "- [-] dropped"),
        ("- [>] moved", "- [>] moved"),
    ],
)
def test_boxes_of_action_items(before: str, expected: str) -> None:
    text = "## Lessons Learned\n\n- [X] no action\n\n## Action Items\n\n### Immediate\n\n{}\n"
    assert after(checkboxes.FIX, text.format(before)) == text.format(expected)


def test_a_byte_order_mark_is_removed() -> None:
    assert after(byte_order_mark.FIX, "\ufeff---\r\ntitle: x\r\n---\r\n") == "---\r\ntitle: x\r\n---\r\n"
    assert after(byte_order_mark.FIX, "\ufeff---\ntitle: x\n---\n", "patterns/a.md") == "---\ntitle: x\n---\n"


def test_of_two_byte_order_marks_none_is_removed() -> None:
    """Without the first, the text would be read as if the second were not there either."""
    assert after(byte_order_mark.FIX, "\ufeff\ufeff---\n") == "\ufeff\ufeff---\n"

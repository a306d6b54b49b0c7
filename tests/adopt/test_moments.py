"""Moments that events and sentences tell, in the words of several languages. All documents are made up."""

from __future__ import annotations

import pytest

from postmortems.adopt.record import Certainty
from postmortems.read.languages import reading_in
from tests.adopt.documents import record, value

DERIVED, UNKNOWN = Certainty.DERIVED, Certainty.UNKNOWN


@pytest.mark.parametrize(
    ("sentence", "detected"),
    [
        ("We were paged at 14:02 UTC.", "14:02"),
        ("At 14:02 UTC the first alert fired.", "14:02"),
        ("The first report came in at 14:02 UTC.", "14:02"),
        ("At 14:02 UTC, on-call got paged.", "14:02"),
        ("Errors rose at first, and by 14:02 UTC we were notified by a customer.", "14:02"),
        ("By 14:02 UTC time, we became aware of it.", "14:02"),
        ("Nobody had been paged until 14:02 UTC.", "14:02"),
        ("We should have been paged at 14:02 UTC.", None),
        ("At 14:02 UTC the old disk was swapped.", None),
    ],
)
def test_a_sentence_that_tells_the_detection(sentence: str, detected: str | None) -> None:
    found = record(f"# Slow - 2024-02-06\n\n## Summary\n\n{sentence}\n").values["detected_at"]
    assert (found.value, found.certainty) == ((f"2024-02-06T{detected}Z", DERIVED) if detected else (None, UNKNOWN))


@pytest.mark.parametrize(
    ("last", "resolved"),
    [
        ("Fix deployed: the field is back", True),
        ("Confirmed: all pods healthy", True),
        ("Search is back up", True),
        ("Search is not yet back to normal", False),
        ("Meeting about the cause", False),
    ],
)
def test_the_last_event_ends_the_incident_if_it_tells_of_the_fix(last: str, resolved: bool) -> None:
    events = f"- 10:00 UTC - Alert fires\n- 10:20 UTC - Fix deployed to one node\n- 11:00 UTC - {last}\n"
    found = record(f"# Slow - 2024-02-06\n\n## Timeline\n\n{events}").values["resolved_at"]
    assert (found.value, found.certainty) == (("2024-02-06T11:00Z", DERIVED) if resolved else (None, UNKNOWN))


@pytest.mark.parametrize(
    ("language", "rows"),
    [
        ("ja", ("検索で障害が発生した", "アラートが発報した", "**緩和策適用** — 戻した", "**復旧確認** — 正常")),
        ("zh", ("搜索服务故障发生", "值班人员收到告警后排查", "服务恢复", "确认恢复正常")),
        ("ko", ("장애 발생", "장애 감지", "임시 조치 완료", "복구 완료")),
        ("de", ("Störung beginnt", "Alarm ausgelöst", "Störung entschärft", "Störung behoben")),
        ("nb", ("Nedetid begynner", "Feilen oppdaget", "Midlertidig løst", "Tjenesten er oppe")),
    ],
)
def test_the_moments_of_a_timeline_in_other_languages(language: str, rows: tuple[str, ...]) -> None:
    lines = "".join(f"| 2024-02-06 1{hour}:00 UTC | {row} |\n" for hour, row in enumerate(rows))
    with reading_in([language]):
        one = record(f"# Slow\n\n## Timeline\n\n| Time | Event |\n|---|---|\n{lines}")
    keys = ("started_at", "detected_at", "mitigated_at", "resolved_at")
    assert [value(one, key) for key in keys] == [(f"2024-02-06T1{hour}:00Z", DERIVED) for hour in range(4)]


@pytest.mark.parametrize(
    "row", ["**復旧予定**: 全件", "未復旧", "復旧作業を開始", "影響が解消していない", "障害復旧手順を確認"]
)
def test_a_plan_or_a_denial_in_japanese_is_no_end(row: str) -> None:
    events = f"| 2024-02-06 10:00 UTC | 遅い |\n| 2024-02-06 11:00 UTC | {row} |\n"
    with reading_in(["ja"]):
        one = record(f"# Slow\n\n## Timeline\n\n| Time | Event |\n|---|---|\n{events}")
    assert value(one, "resolved_at") == value(one, "mitigated_at") == (None, UNKNOWN)


@pytest.mark.parametrize(
    ("line", "started"),
    [
        ("**Date:** 16/02/2024 3am UTC", "2024-02-16T03:00Z"),
        ("**Date:** 2024-02-16", None),
        ("**Duration of full outage:** ~2h (2024-02-16 07:46 UTC → 09:40 UTC)", "2024-02-16T07:46Z"),
    ],
)
def test_a_time_in_the_metadata(line: str, started: str | None) -> None:
    assert record(f"# Slow\n\n{line}\n\n## Summary\n\nSlow.\n").values["started_at"].value == started


def test_a_year_in_two_figures_behind_an_apostrophe() -> None:
    one = record("# Relays\n\n## So what happened?\n\nOn November 5th ’24 at 11:00 UTC the site went down.\n")
    assert one.text("started_at") == "2024-11-05T11:00Z"

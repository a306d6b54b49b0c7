"""A folder of prose: what each shape of document says, and how surely. All documents are made up."""

from __future__ import annotations

from datetime import date

import pytest

from postmortems.adopt.plan import Plan, make_plan, plan_data
from postmortems.adopt.record import Certainty, NoRecord
from postmortems.adopt.sources import folder
from postmortems.adopt.sources.given import Given
from postmortems.settings import Settings
from tests.adopt.documents import record, value

STATED, DERIVED, UNKNOWN = Certainty.STATED, Certainty.DERIVED, Certainty.UNKNOWN


@pytest.mark.parametrize(
    ("path", "heading", "title", "day"),
    [
        ("2023-05-06-cache.md", "# 2023-05-06, Cache is cold", "Cache is cold", "2023-05-06"),
        ("cache.md", "# Incident on 2023-05-06 - Cache is cold", "Cache is cold", "2023-05-06"),
        ("cache.md", "# Post-mortem: Cache is cold (May 6, 2023)", "Cache is cold", "2023-05-06"),
        ("cache.md", "# Cache is cold - May 6, 2023", "Cache is cold", "2023-05-06"),
        ("2023/05/cache.md", "# 06-05-2023 - Cache is cold", "Cache is cold", "2023-05-06"),
        ("2023/05/06/readme.md", "# Cache is cold", "Cache is cold", "2023-05-06"),
        ("20230506_cache_is_cold.md", "", "Cache is cold", "2023-05-06"),
        ("20230506_cache_is_cold.md", "#  ", "Cache is cold", "2023-05-06"),
        ("20230506_cache_is_cold.md", "---\ntitle: ' '\n---\n", "Cache is cold", "2023-05-06"),
        ("PM2023-004 - Cache is cold.md", "", "Cache is cold", None),
        ("cache.md", "# Incident report May 6 2023 - Cache is cold", "Cache is cold", "2023-05-06"),
        ("cache.md", "# Postmortem (2023-05-06): Cache is cold", "Cache is cold", "2023-05-06"),
        ("cache.md", "# Incident Review 6th May 2023", "Incident Review 6th May 2023", "2023-05-06"),
        ("cache.md", "# [Postmortem] Cache is cold", "Cache is cold", None),
        ("cache.md", "# Cache is cold (post-mortem)", "Cache is cold", None),
        ("cache.md", "# Post Incident Review: Cache is cold", "Cache is cold", None),
        ("cache.md", "# Post-incident review - Cache is cold", "Cache is cold", None),
        ("cache.md", "# After-action report: Cache is cold", "Cache is cold", None),
        ("cache.md", "# [INC-123] Cache is cold", "Cache is cold", None),
        ("cache.md", "# [cache] is cold", "[cache] is cold", None),
        ("cache.md", "# Incident May be cold", "Incident May be cold", None),
        ("cache.md", "# Incident on 2023-05-06", "Incident on 2023-05-06", "2023-05-06"),
        ("cache.md", "# 504", "504", None),
        ("cache.md", "# 06-05-2023 - Cache is cold", "Cache is cold", None),
        ("cache.md", "# Outage of the 2023 cache", "Outage of the 2023 cache", None),
        ("cache.md", "# Cache is cold Post-Mortem", "Cache is cold", None),
        ("cache.md", "# Cache postmortem", "Cache postmortem", None),
        ("cache.md", "# [Public] Cache is cold", "Cache is cold", None),
        ("cache.md", "# Cache incident report for 2023-05-06", "Cache incident report for 2023-05-06", "2023-05-06"),
        ("003-cache-is-cold.md", "# Metadata\n\n# What happened\n\nIt was cold.", "Cache is cold", None),
        ("cache_is_cold.md", "## Summary\n\nIt was cold.\n\n# Appendix", "Cache is cold", None),
        ("cache.md", "# Title:\n### The cache is cold", "The cache is cold", None),
    ],
)
def test_title_and_day(path: str, heading: str, title: str, day: str | None) -> None:
    one = record(f"{heading}\n\n## Summary\n\nIt was cold.\n", path)
    assert (one.text("title"), one.values["date"].value) == (title, day)


def test_a_file_named_after_its_publication_does_not_outvote_the_timeline() -> None:
    text = "# Stall\n\n## Timeline (UTC)\n\n- 2024-01-11 03:38 - Alerts\n- 2024-02-28 10:00 - Released\n"
    assert value(record(text, "2024-06-25-stall.md"), "date") == ("2024-01-11", DERIVED)
    assert value(record(text, "2024-01-12-stall.md"), "date") == ("2024-01-12", DERIVED)


@pytest.mark.parametrize(
    ("path", "text", "day"),
    [
        ("2023-05-20-token.md", "On 6th May 2023, a token was found.", "2023-05-06"),
        ("2023-05-26-token.md", "On 6th May 2023, a token was made.", "2023-05-26"),
        ("token.md", "---\ndate: 2023-05-20\n---\n# Token\n\nOn May 6 a token was found.", "2023-05-06"),
        ("token.md", "On May 6, a token was found.\n\nIt was revoked on May 8, 2023.", "2023-05-06"),
        ("2023-05-20-token.md", "On 6th May 2019, the token was made.", "2023-05-20"),
        ("2023-05-20-token.md", "A token was found.\n\nOn 6th May 2023 it was made.", "2023-05-20"),
        (
            "token.md",
            "On 2023-05-06 a token was found.\n\n## Timeline\n\n- 2022-01-02 10:00 made\n- 2023-05-06 10:00 found",
            "2023-05-06",
        ),
        ("token.md", "On 2023-05-06 a token was found.\n\n**Date:** 2023-05-07", "2023-05-07"),
    ],
)
def test_the_day_with_which_the_first_sentence_begins(path: str, text: str, day: str) -> None:
    assert record(text, path).text("date") == day


def test_days_within_the_words_of_a_timeline_without_times_count() -> None:
    text = "# Stall\n\n## Timeline\n\n- Attack started at Feb-08-2021 08:10:01 PM +UTC with a change\n- It ended\n"
    assert value(record(text, "2021-02-09-stall.md"), "date") == ("2021-02-08", DERIVED)
    assert value(record(text, "2021-02-07-stall.md"), "date") == ("2021-02-07", DERIVED)


def test_a_day_that_metadata_state_comes_before_all() -> None:
    one = record("# Slow\n\n**Incident from:** 2022-08-02\n\n**Incident until:** 2022-08-03\n", "2022-08-20_slow.md")
    assert (one.text("date"), one.values["started_at"].value) == ("2022-08-02", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\ndate: 2025-07-31\n---\n# Slow\n", ("2025-07-31", DERIVED)),
        ("---\nincident_date: 2025-07-31\n---\n# Slow\n", ("2025-07-31", STATED)),
        ("---\ndate: 2025-07-31\n---\n## Timeline\n\n- 2025-07-31 10:00 UTC: Slow\n", ("2025-07-31", STATED)),
        ("---\ndate: 2025-07-31\n---\n## Timeline\n\n- 2025-07-26 10:00 UTC: Slow\n", ("2025-07-26", DERIVED)),
        ("---\ndate: 2025-07-31\n---\n## Timeline\n\n**Date: 2025-07-26**\n\n- 10:00, slow\n", ("2025-07-26", DERIVED)),
        ("---\ndate: 2025-07-31\n---\n# Slow incident on 26th July 2025\n", ("2025-07-26", DERIVED)),
        ("---\ntitle: Slow on 26th July 2025\n---\n# Slow\n", ("2025-07-26", STATED)),
        ("# 01.07.2019 - Slow\n\n## Timeline\n\n- 29.05.2019 10:00 Fault\n", ("2019-07-01", STATED)),
        ("# 01/07/2019 - Slow\n\n## Timeline\n\n- 2019-07-01 11:00 Slow\n", ("2019-07-01", STATED)),
        ("# 01/07/2019 - Slow outage\n", (None, UNKNOWN)),
    ],
)
def test_the_day_of_the_incident_is_not_that_of_publication(text: str, expected: tuple[object, Certainty]) -> None:
    assert value(record(text, "a.md"), "date") == expected


def test_the_words_of_an_empty_template_are_no_title() -> None:
    assert record("# ISSUE NAME\n\nWords.\n", "2023-04-25-Account_locked.md").text("title") == "Account locked"


def test_a_heading_that_was_copied_does_not_outvote_file_name_and_timeline() -> None:
    one = record(
        "# 2022-01-27, Limit\n\n## Timeline\n\nAll times in UTC\n\n### 2022-06-02 10:00\n\nPods stop.\n",
        "2022-06-02-limit.md",
    )
    assert value(one, "date") == ("2022-06-02", DERIVED)
    assert one.problems == ("line 1 names another day, 2022-01-27, than the timeline, 2022-06-02",)


@pytest.mark.parametrize(
    "text",
    [
        "- **Incident Start:** 2024-05-21 20:00 UTC\n- **Incident End:** 2024-05-21 22:00 UTC",
        "**Incident Start:** 2024-05-21 20:00 UTC\n**Incident End:** 2024-05-21 22:00 UTC",
        "Start time: 2024-05-21 20:00Z\nEnd time: 2024-05-22 00:00 +02:00",
        "| | |\n|-|-|\n| **Started** | 2024-05-21 20:00 UTC |\n| **Resolved** | 21 May 2024, 22:00 UTC |",
        "| Started | Severity | Resolved |\n|-|-|-|\n| 2024-05-21 20:00 UTC | SEV2 | 2024-05-21 22:00 UTC |",
        "- Fault occurs 2024-05-21 20:00 UTC\n- Resolved 2024-05-21 22:00 UTC",
    ],
)
def test_moments_that_are_stated(text: str) -> None:
    one = record(f"# Slow\n\n{text}\n\n## Summary\n\nIt was slow.\n")
    assert value(one, "started_at") == ("2024-05-21T20:00Z", STATED)
    assert value(one, "resolved_at") == ("2024-05-21T22:00Z", STATED)
    assert value(one, "detected_at") == (None, UNKNOWN)


def test_front_matter_of_any_keys() -> None:
    one = record(
        """\
        ---
        title: Cache is cold
        incident_date: 2024-05-21
        start_time: 2024-05-21 20:00 UTC
        severity_level: sev-2
        affected_services: [checkout, cart]
        author: Kim Lee
        tags: [cache]
        ---
        Words.
        """
    )
    assert {
        key: one.values[key].value for key in ("title", "date", "started_at", "severity", "services", "authors", "tags")
    } == {
        "title": "Cache is cold",
        "date": "2024-05-21",
        "started_at": "2024-05-21T20:00Z",
        "severity": "SEV2",
        "services": ("checkout", "cart"),
        "authors": ("Kim Lee",),
        "tags": ("cache",),
    }


def test_a_time_without_a_zone_is_not_called_stated() -> None:
    one = record("# Slow\n\n- **Detected:** 2024-05-21 20:00\n")
    assert value(one, "detected_at") == ("2024-05-21T20:00Z", DERIVED)
    assert "no zone is stated, read as UTC" in one.values["detected_at"].origin


TIMED = """\
# Slow

## Timeline

All times in UTC.

| Time | Event |
|-|-|
| 2021-06-22 08:21 | A change is deployed |
| 2021-06-22 08:29 | Somebody looks at a graph |
| 2021-06-22 08:30 | Work begins |
| 2021-06-22 08:46 | Targets are back |

## Stats

"""


def test_two_lengths_that_lead_from_one_event_to_others_are_as_good_as_stated() -> None:
    one = record(TIMED + "- Time to detection: 8 minutes\n- Time to recovery: 25 minutes\n")
    assert value(one, "started_at") == ("2021-06-22T08:21Z", STATED)
    assert value(one, "detected_at") == ("2021-06-22T08:29Z", STATED)
    assert value(one, "resolved_at") == ("2021-06-22T08:46Z", STATED)


@pytest.mark.parametrize(
    "stats",
    [
        "- Time to detection: 7 minutes\n- Time to recovery: 25 minutes\n",
        "- Time to detection: about 8 minutes\n",
        "- Time to detection: YYY\n- Time to recovery: ZZZ\n",
        "- Time to detection: 0 minutes\n",
    ],
)
def test_lengths_that_lead_nowhere_give_nothing(stats: str) -> None:
    one = record(TIMED + stats)
    assert [value(one, key) for key in ("started_at", "detected_at", "resolved_at")] == [(None, UNKNOWN)] * 3


def test_a_length_that_begins_with_the_detection_is_no_start() -> None:
    one = record(TIMED + "- Detected: 2021-06-22 08:21 UTC\n- Time to resolve: 25m\n")
    assert value(one, "started_at") == (None, UNKNOWN)
    assert value(one, "resolved_at") == ("2021-06-22T08:46Z", DERIVED)


@pytest.mark.parametrize(
    ("event", "key"),
    [
        ("Problem starts", "started_at"),
        ("The pod is stuck. (**outage starts**)", "started_at"),
        ("The alert fired in the cluster", "detected_at"),
        ("Rolled back, issue mitigated", "mitigated_at"),
        ("Incident resolved", "resolved_at"),
    ],
)
def test_an_event_that_says_so_is_derived(event: str, key: str) -> None:
    one = record(f"# Slow\n\n## Timeline\n\n- 2021-06-22 08:00 UTC - Deploy\n- 2021-06-22 08:10 UTC - {event}\n")
    assert value(one, key) == ("2021-06-22T08:10Z", DERIVED)


@pytest.mark.parametrize(
    "event",
    [
        "The issue is not resolved",
        "Believed to be resolved",
        "No loss of service has been detected",
        "Deploy will be resolved by hand",
        "Undetected until now",
    ],
)
def test_an_event_that_says_something_else_gives_no_moment(event: str) -> None:
    one = record(f"# Slow\n\n## Timeline\n\n- 2021-06-22 08:00 UTC - Deploy\n- 2021-06-22 08:10 UTC - {event}\n")
    known = [key for key in ("started_at", "detected_at", "mitigated_at", "resolved_at") if one.values[key].value]
    assert known == (["resolved_at"] if "will" in event else [])


@pytest.mark.parametrize(
    ("events", "detected"),
    [
        (["Deploy", "Sentry begins sending alerts"], "08:01"),
        (["Support receives an email", "First alert fires"], "08:00"),
        (["Deploy", "Incident declared"], "08:01"),
        (["Deploy", "Users report errors"], "08:01"),
        (["Deploy", "Errors rise", "Ticket is opened with the vendor"], None),
        (["Errors rise", "Kim rolls back", "We noticed that it was still stuck"], None),
        (["Deploy", "Kim clears staging (we noticed that it was stuck)"], None),
        (["Deploy", "Errors rise. " + "Words. " * 30 + "\n\n  The alert fired."], "08:01"),
        (["Deploy", "Errors rise. " + "Words. " * 30 + "The alert fired."], None),
    ],
)
def test_the_event_of_the_detection(events: list[str], detected: str | None) -> None:
    lines = "".join(f"- 2021-06-22 08:0{minute} UTC - {event}\n" for minute, event in enumerate(events))
    found = record(f"# Slow\n\n## Timeline\n\n{lines}").values["detected_at"].value
    assert found == (f"2021-06-22T{detected}Z" if detected else None)


def test_what_was_noticed_weeks_before_the_incident_is_no_detection() -> None:
    one = record(
        "# Slow on 2021-06-22\n\n## Timeline\n\n- 2021-06-01 10:00 UTC - We realized that the disk is old\n"
        "- 2021-06-22 08:10 UTC - The alert fired\n"
    )
    assert one.text("detected_at") == "2021-06-22T08:10Z"


@pytest.mark.parametrize(
    "sentence",
    [
        "I have no syslog on 22 February from 00:30 until 21:40 UTC.",
        "It was slow on 22 February from 00:30 until 21:40 UTC.",
        "The job runs every day between 02:00 and 04:00 UTC.",
    ],
)
def test_a_stretch_that_is_not_that_of_the_incident(sentence: str) -> None:
    one = record(f"# Slow - March 6, 2023\n\n{sentence}\n")
    assert value(one, "started_at") == value(one, "resolved_at") == (None, UNKNOWN)


def test_a_stretch_in_the_first_sentences() -> None:
    one = record("# Slow - May 6, 2023\n\nIt was slow from 23:10 to 00:20 UTC.\n")
    assert value(one, "started_at") == ("2023-05-06T23:10Z", DERIVED)
    assert value(one, "resolved_at") == ("2023-05-07T00:20Z", DERIVED)


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("At 2023-05-06 01:38 UTC the site went down.", {"started_at": "01:38"}),
        ("The site was down from about 8:43 UTC until 14:07 UTC.", {"started_at": "08:43", "resolved_at": "14:07"}),
        ("On May 6, 2023 between the hours of 1900 and 2100 UTC it was slow.", {"started_at": "19:00", "resolved_at": "21:00"}),
        ("For 13 minutes, between 12:17 and 12:30 UTC on 2023-05-06, it was slow.", {"started_at": "12:17", "resolved_at": "12:30"}),
        ("It was slow from ~12:00 (maybe before) to 17:55 UTC.", {"started_at": "12:00", "resolved_at": "17:55"}),
        ("It was slow from 14:00 to 16:00 UTC on 6 May 2023.", {"started_at": "14:00", "resolved_at": "16:00"}),
        ("An outage started at 14:02 UTC and was resolved at 15:10 UTC.", {"started_at": "14:02", "resolved_at": "15:10"}),
        ("On 6 May at 21:28 UTC we received a report.", {"detected_at": "21:28"}),
        ("It was discovered by 22:50 UTC and fully resolved at 23:01 UTC.", {"detected_at": "22:50", "resolved_at": "23:01"}),
        ("Nodes stopped syncing. By 9:40 UTC traffic had returned to normal.", {"resolved_at": "09:40"}),
        ("Outages were seen beginning from UTC 05:13.", {"started_at": "05:13"}),
        ("At 10:00 UTC we stopped the queue.", {}),
        ("At 10:00 UTC the record started to get propagated.", {}),
        ("At 10:00 UTC the site was not restored.", {}),
        ("At 10:00 UTC a new version was released.", {}),
        ("The deployment started at 10:00 UTC.", {}),
        ("On 6 February at 10:00 UTC the site went down.", {}),
    ],
)  # fmt: skip
def test_moments_in_the_first_sentences(sentence: str, told: dict[str, str]) -> None:
    one = record(f"# Slow - May 6, 2023\n\n{sentence}\n\n## Timeline\n\nNothing.\n")
    keys = ("started_at", "detected_at", "mitigated_at", "resolved_at")
    found = {key: str(one.values[key].value)[11:16] for key in keys if one.values[key].value}
    assert found == told
    assert all(one.values[key].certainty is DERIVED for key in found)


def test_of_a_sentence_and_an_event_the_earlier_tells_the_detection() -> None:
    events = "## Timeline\n\n- 10:00 UTC - Deploy\n- 10:05 UTC - Alert fires\n"
    one = record(f"# Slow - 2023-05-06\n\nAt 10:30 UTC a customer reported it.\n\n{events}")
    assert one.text("detected_at") == "2023-05-06T10:05Z"


@pytest.mark.parametrize(
    ("line", "started", "resolved"),
    [
        ("**Duration:** 8 h (22:25 UTC 2023-05-05 → 06:48 UTC 2023-05-06)", "2023-05-05T22:25Z", "2023-05-06T06:48Z"),
        ("**Duration:** ~8 h (~02:59 UTC → ~11:04 UTC), 7 h of it unnoticed", "2023-05-06T02:59Z", "2023-05-06T11:04Z"),
        ("**Date and time:** 2023-05-06 10:00 - 14:00 UTC", "2023-05-06T10:00Z", "2023-05-06T14:00Z"),
        ("**Duration:** 8 h", None, None),
        ("**Duration:** 8 h (during support hours 10:00-17:00 UTC)", None, None),
    ],
)
def test_a_stretch_of_time_in_metadata(line: str, started: str | None, resolved: str | None) -> None:
    one = record(f"# Slow - 2023-05-06\n\n{line}\n")
    assert (one.values["started_at"].value, one.values["resolved_at"].value) == (started, resolved)


def test_a_last_sentence_may_tell_the_end() -> None:
    one = record(
        f"# Slow\n\n## Timeline\n\n- 2023-05-06 10:00 UTC - A\n- 10:10 UTC - {'Words. ' * 30}Service is restored.\n"
    )
    assert one.text("mitigated_at") == "2023-05-06T10:10Z"


def test_a_derived_moment_that_is_out_of_order_is_left_out_and_said() -> None:
    one = record(
        "# Slow\n\n- **Detected:** 2021-06-22 09:00 UTC\n\n## Timeline\n\n"
        "- 2021-06-22 08:00 UTC - Deploy\n- 2021-06-22 08:10 UTC - Incident resolved\n"
    )
    assert value(one, "resolved_at") == (None, UNKNOWN)
    assert one.problems == ("resolved_at (2021-06-22T08:10Z) would be before detected_at (2021-06-22T09:00Z)",)


@pytest.mark.parametrize(
    ("said", "table", "expected"),
    [
        ("SEV1", {}, ("SEV1", STATED)),
        ("Sev 2", {}, ("SEV2", STATED)),
        ("**Critical** - arbitrary code", {}, ("SEV1", DERIVED)),
        ("P3 (partial)", {}, ("SEV3", DERIVED)),
        ("P0 (Critical - all customers)", {}, ("SEV1", DERIVED)),
        ("P1", {"p1": "SEV2"}, ("SEV2", STATED)),
        ("None critical - only internal teams", {}, (None, UNKNOWN)),
        ("P5", {}, (None, UNKNOWN)),
        ("XYZ", {}, (None, UNKNOWN)),
    ],
)
def test_severity(said: str, table: dict[str, str], expected: tuple[object, Certainty]) -> None:
    as_line = record(f"# Slow\n\n**Severity:** {said}\n", severities=table)
    as_section = record(f"# Slow\n\n## Severity\n\n{said}\n", severities=table)
    assert value(as_line, "severity") == value(as_section, "severity") == expected


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("`Elan`, `Asklepian`", ("Elan", "Asklepian")),
        ("checkout and cart", ("checkout", "cart")),
        ("API (both regions), web, and mail", ("API", "web", "mail")),
        ("Builds were blocked and took a while", None),
        ("n/a", None),
    ],
)
def test_services(said: str, names: tuple[str, ...] | None) -> None:
    assert record(f"# Slow\n\n**Affected services:** {said}\n").values["services"].value == names


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Pingdom alert", ("alert", DERIVED)),
        ("Users reported errors", ("customer", DERIVED)),
        ("alert", ("alert", STATED)),
        ("Alerts, and users told us", (None, UNKNOWN)),
        ("By chance", (None, UNKNOWN)),
    ],
)
def test_detected_by(said: str, expected: tuple[object, Certainty]) -> None:
    assert value(record(f"# Outage\n\n- **Identified**: {said}\n"), "detected_by") == expected


def test_sections_events_and_actions_below_bold_labels_of_a_list() -> None:
    one = record(
        """\
        # Incident on 2022-11-15 - Metrics are gone

        - **Key events**
          - First detected 2022-11-15 16:03
          - Resolved 2022-11-15 16:30

        - **Impact**: No metrics.

        - **Review actions**:
          - Alert earlier
          - Write it down
        """
    )
    assert dict(one.sections) == {
        "Timeline": "Key events",
        "Impact Assessment": "Impact",
        "Action Items": "Review actions",
    }
    assert (one.events.count, one.actions.count) == (2, 2)
    assert one.text("detected_at") == "2022-11-15T16:03Z"


def test_published_on_is_the_day_of_the_first_commit() -> None:
    one = record("# Slow after an outage\n", "a.md", committed={"a.md": date(2024, 3, 1)})
    assert value(one, "published_on") == ("2024-03-01", DERIVED)
    assert value(one, "status") == ("published", DERIVED)
    assert value(record("# Outage\n"), "status") == ("draft", DERIVED)


@pytest.mark.parametrize(
    ("path", "data", "reason"),
    [
        ("postmortem-template.md", b"# Title\n", "template"),
        ("templates/checklist.md", b"# Incident checklist\n\n## Summary\n\nAsk.\n", "template"),
        ("new.md", b"# {{ incident date: yyyy-mm-dd }}\n\n### {{ hh:mm }}\n\nhh:mm and hh:mm\n", "template"),
        ("README.md", b"# Incidents\n\n- [One](one.md)\n", "index"),
        ("empty.md", b" \n", "the file is empty"),
        (
            "latin.md",
            "# Größe\n".encode("latin-1"),
            "the file is not UTF-8 text: byte 0xf6 at position 4; save the file as UTF-8",
        ),
        (
            "broken.md",
            b"---\ntitle: 'open\n---\n# A\n",
            "line 3: the front matter is not valid YAML: found unexpected end of stream",
        ),
        ("nul.md", b"# A\0\n", "the file has a NUL byte, so it is not text; save the file as UTF-8 text"),
    ],
)
def test_files_that_are_no_record_are_named(path: str, data: bytes, reason: str) -> None:
    assert list(folder.read(Given({path: data}, Settings()))) == [
        NoRecord(path, reason, reason.startswith(("the file is not", "the file has", "line")))
    ]


def test_files_that_are_no_prose_are_left_alone() -> None:
    given = Given({"a.png": b"\x89PNG", "notes.pdf": b"%PDF", ".hidden.md": b"# A\n", "LICENSE": b"MIT\n"}, Settings())
    assert not folder.recognises(given)
    assert list(folder.read(given)) == []
    assert folder.recognises(Given({"No suffix, v1.2": b"# Slow\n"}, Settings()))


def plan(files: dict[str, str], taken: tuple[str, ...] = ()) -> Plan:
    given = Given({path: text.encode() for path, text in files.items()}, Settings())
    return make_plan(folder.read(given), dict.fromkeys(taken, ""))


def test_ids_are_numbered_within_their_year_and_unique() -> None:
    made = plan(
        {
            "b.md": "# 2024-05-02, Slow\n",
            "a.md": "# 2024-05-03, Slow\n",
            "c.md": "# 2023-01-01, Fast\n",
            "x.md": "# Some outage\n",
            "y.md": "# Some outage\n",
        },
        taken=("2024/07-other",),
    )
    assert [(one.source, one.id) for one in made.records] == [
        ("c.md", "2023/01-fast"),
        ("b.md", "2024/08-slow"),
        ("a.md", "2024/09-slow"),
        ("x.md", "some-outage"),
        ("y.md", "some-outage-2"),
    ]


def test_the_plan_as_data() -> None:
    made = plan(
        {
            "a.md": "# 2024-05-02, Slow\n\n**Severity:** High\n\n## Summary\n\nSlow.\n\n## Timeline of Events\n\n"
            "- 2024-05-02 10:00 UTC - Deploy\n\n## Action Items\n\n- [x] [web-team] Mend (ticket: WEB-1)\n\n## Notes\n",
            "b.md": "# 2024-05-03, Fast\n\n## Summary\n\nFast.\n\n## Notes\n",
            "README.md": "# Incidents\n",
        }
    )
    data = plan_data(made)
    assert (data["version"], data["left_out"]) == (1, [{"source": "README.md", "reason": "index"}])
    first = data["records"][0]
    assert first["values"]["title"] == {"value": "Slow", "certainty": "stated", "from": "line 1"}
    assert first["values"]["started_at"] == {"value": None, "certainty": "unknown", "from": None}
    assert first["sections"] == {
        "Executive Summary": "Summary",
        "Timeline": "Timeline of Events",
        "Action Items": "Action Items",
    }
    assert first["events"] == {"count": 1, "first": "2024-05-02T10:00:00Z", "last": "2024-05-02T10:00:00Z"}
    assert first["actions"] == {"count": 1, "done": 1, "owned": 1, "ticketed": 1}
    assert data["proposals"] == {
        "languages": {},
        "severities": {"High": "SEV2"},
        "services": {},
        "root_causes": {},
        "sections": [],
        "synonyms": {"Notes": 2},
    }


def test_sections_are_proposed_from_three_documents_on() -> None:
    files = {f"{name}.md": f"# 2024-05-02, {name}\n\n## Summary\n\nSlow.\n\n## Timeline\n" for name in "abc"}
    assert plan(files).proposals.sections == ("Executive Summary", "Timeline")
    assert plan(dict(list(files.items())[:2])).proposals.sections == ()


def test_headings_are_counted_however_they_are_written() -> None:
    files = {
        f"{number}.md": f"# 2024-05-02, Slow\n\n## {heading}\n"
        for number, heading in enumerate(("Data", "data", "Data", "Data:", "Other"))
    }
    assert plan(files).proposals.synonyms == {"Data": 4}


def test_a_severity_of_the_scale_is_settled_however_it_is_written() -> None:
    files = {f"{word}.md": f"# 2024-05-02, {word}\n\n**Severity:** {word}\n" for word in ("sev2", "Sev 3", "high")}
    made = plan(files)
    assert sorted(record.text("severity") for record in made.records) == ["SEV2", "SEV2", "SEV3"]
    assert made.proposals.severities == {"high": "SEV2"}


def test_a_section_is_proposed_that_nine_of_ten_documents_have_as_a_heading() -> None:
    files = {f"{number}.md": f"# Slow {number}\n\n## Summary\n\nSlow.\n" for number in range(9)}
    files["labels.md"] = "# Fast\n\n- **Summary**: Fast.\n- **Impact**: None.\n"
    assert plan(files).proposals.sections == ("Executive Summary",)
    files["other.md"] = "# Fast\n\n## Impact\n\nNone.\n"
    assert plan(files).proposals.sections == ()


def test_front_matter_that_could_not_be_read_again_is_no_record() -> None:
    keys = "a: &a [x, x, x, x, x, x, x, x]\n"
    for before, name in zip("abcde", "bcdef", strict=True):
        keys += f"{name}: &{name} [{', '.join([f'*{before}'] * 8)}]\n"
    data = f"---\n{keys}---\n\n# Outage\n".encode()
    (one,) = folder.read(Given({"a.md": data}, Settings()))
    reason = "its front matter is too much to be read again once its aliases are written out"
    assert one == NoRecord("a.md", reason, is_unreadable=True)

"""The events and action items of a document, where its template has put them. All documents are made up."""

from __future__ import annotations

from textwrap import dedent

import pytest

from postmortems.adopt.record import Certainty, NoRecord, Record
from postmortems.adopt.sources import folder
from postmortems.adopt.sources.given import Given
from postmortems.settings import Settings


def found(text: str, path: str = "2024-05-02-slow.md") -> Record | NoRecord:
    (record,) = folder.read(Given({path: dedent(text).encode()}, Settings()))
    return record


def record(text: str) -> Record:
    one = found(text)
    assert isinstance(one, Record), one
    return one


def test_events_in_a_section_that_is_called_otherwise() -> None:
    one = record(
        """\
        # Slow

        ## :warning: Leadup

        - **00:27 UTC:** Connections rise
        - **00:32 UTC:** The team is alerted
        - **00:55 UTC:** A node is recycled

        ## Recovery

        It took until 14:00, or 15:00, and by 16:00 all was well.
        """
    )
    assert (one.events.count, one.sections["Timeline"]) == (3, ":warning: Leadup")
    assert one.problems == ('line 3: a check reads the events under ":warning: Leadup" once `synonyms` says Timeline',)


@pytest.mark.parametrize("heading", ["03-10-2021 (All times CEST)", "3 October 2021 [CEST]"])
def test_a_heading_of_a_day_and_a_zone_is_no_event(heading: str) -> None:
    one = record(
        f"# Down\n\n## Timeline\n\n### 29-09-2021 (All times CEST)\n\n- 15:46 A change\n\n### {heading}\n\n"
        "- 02:17 Outage begins\n- 03:17 Incident resolved\n"
    )
    assert one.events.count == 3
    assert (one.values["started_at"].value, one.values["resolved_at"].value) == (
        "2021-10-03T00:17Z",
        "2021-10-03T01:17Z",
    )


def test_horizons_in_a_list_are_those_of_action_items() -> None:
    labels = "- **Short term**: we restart\n- **Long term**: we rewrite\n"
    assert dict(record(f"# Slow\n\n## Summary\n\n{labels}").sections) == {"Executive Summary": "Summary"}
    assert "Short-term" in record(f"# Slow\n\n- **Action items**:\n\n{labels}").sections


def test_a_section_with_few_times_is_no_timeline() -> None:
    one = record("# Slow\n\n## Background\n\n- 10:00 is when the job runs\n- 1.25 GB are used\n- It is slow\n")
    assert (one.events.count, dict(one.sections)) == (0, {})


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Change the page.\n", 1),
        ("Ask better questions.\nHire somebody for it.\nAdd a setting.\n", 3),
        ("A new process removes the addresses\nwhen an instance is taken offline.\n\nMoreover, replace it.\n", 2),
        ("**Kim** Turn it on\n\n**Lee** Look at it\n", 2),
        ("How do we notice it?\n\nWe will do this:\n", 0),
        ("None.\n", 0),
        ("- [x] Mend it\n\nThis is done.\n", 1),
    ],
)
def test_action_items_that_are_sentences(text: str, count: int) -> None:
    one = record(f"# Slow\n\n## Corrective and preventative measures\n\n{text}")
    assert one.actions.count == count
    said = ("line 3: a check reads the action items under it once they are a list",)
    assert one.problems == (said if count and not text.startswith("- ") else ())


@pytest.mark.parametrize(
    ("below", "count"),
    [
        ("1. Speak to the owner\n2. Find out where\n    1. In vaults\n", 2),
        ("1. Speak to the owner\n\n## Other\n\n1. No action\n", 1),
        ("  - Speak to the owner\n- **Other**: no action\n", 1),
        ("- **Other**: no action\n\n1. Nothing of it\n", 0),
    ],
)
def test_action_items_below_the_last_label_of_a_list(below: str, count: int) -> None:
    assert record(f"# Slow\n\n- **Impact**: none\n\n- **Review actions**:\n\n{below}").actions.count == count


def test_placeholders_for_times_that_nobody_knows_make_no_template() -> None:
    rows = "".join(f"| 2022-0{month}-02 HH:mm | Something |\n" for month in range(1, 5))
    text = f"# Errors\n\n## Timeline\n\n| Time | Event |\n|-|-|\n{rows}"
    assert isinstance(found(text, "errors.md"), Record)
    template = "# Errors\n\n## Timeline\n\n- yyyy-mm-dd hh:mm\n- yyyy-mm-dd hh:mm\n- yyyy-mm-dd hh:mm\n"
    assert found(template, "errors.md") == NoRecord("errors.md", "template")


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        ("style.md", "# How we write\n\nShort sentences.\n", "nothing in it describes an incident"),
        ("style.md", "# How we write after an outage\n", None),
        ("2024-05-02-style.md", "# How we write\n", None),
        ("a.md", "# A\n\n## Root cause\n\nA bug.\n", None),
    ],
)
def test_a_page_of_something_else_is_left_out(path: str, text: str, expected: str | None) -> None:
    one = found(text, path)
    assert (one.reason if isinstance(one, NoRecord) else None) == expected


@pytest.mark.parametrize(("zone", "first"), [("BST", "13:00Z"), ("IST", "08:30Z")])
def test_times_in_a_zone_of_several_places_are_read_as_those_of_the_first_and_must_be_checked(
    zone: str, first: str
) -> None:
    text = f"# Slow - 2023-07-06\n\n## Timeline (times in {zone})\n\n- 14:00 Alert fires\n- 15:00 Incident resolved\n"
    one = record(text)
    assert (one.events.count, one.values["detected_at"].certainty) == (2, Certainty.DERIVED)
    assert one.text("detected_at") == f"2023-07-06T{first}"
    assert "zone read as that of" in one.values["detected_at"].origin
    assert any(f'"{zone}" is a time zone in more than one place' in problem for problem in one.problems)


def test_a_timeline_in_a_code_block_is_read_and_said() -> None:
    one = record(
        "# Slow\n\n## Timeline\n\nAll times in CEST.\n\n```\n2023-07-06 14:00 Alert fires\n2023-07-06 14:10 Reverted\n"
        "2023-07-06 14:20 Incident resolved\n```\n"
    )
    assert (one.events.count, one.text("resolved_at")) == (3, "2023-07-06T12:20Z")
    assert one.problems == (
        "line 7: a check reads the events of the timeline once they are a list instead of a code block",
    )


def test_code_below_a_timeline_that_is_no_list_of_events_is_left_alone() -> None:
    one = record("# Slow\n\n## Timeline\n\n```\n2023-07-06 14:00 GET /\nTraceback\nboom\n```\n")
    assert one.events.count == 0


def test_a_late_alert_is_no_detection() -> None:
    lines = "".join(f"- 2023-07-06 1{hour}:00 UTC - Looked at {hour}\n" for hour in range(9))
    one = record(f"# Slow\n\n## Timeline\n\n{lines}- 2023-07-06 20:00 UTC - An alert fires for the disk\n")
    assert one.values["detected_at"].value is None

"""Labelled values of documents in the notations in which teams write them. All documents are made up."""

from __future__ import annotations

import pytest

from postmortems.adopt.record import Certainty
from tests.adopt.documents import record, value

STATED, DERIVED, UNKNOWN = Certainty.STATED, Certainty.DERIVED, Certainty.UNKNOWN


@pytest.mark.parametrize(
    ("line", "day", "severity", "authors"),
    [
        ("**Date:** 2024-02-06 | **Severity:** SEV2 | **Author:** Ada", "2024-02-06", "SEV2", ("Ada",)),
        ("Date: 2024-02-06 · Severity: SEV2 · Created By: Ada", "2024-02-06", "SEV2", ("Ada",)),
        ("**Date:** 2024-02-06 **Severity:** SEV2 **Author:** Ada", "2024-02-06", "SEV2", ("Ada",)),
        ("**Date**: 2024-02-06<br>**Severity**: SEV2<br/>**Author**: Ada", "2024-02-06", "SEV2", ("Ada",)),
        ("Date: 2024-02-06, Severity: SEV2, Author: Ada", "2024-02-06", "SEV2", ("Ada",)),
        ("- 📅 **Date:** 2024-02-06\n- 🔥 Severity: SEV2\n- ✍️ Author: Ada", "2024-02-06", "SEV2", ("Ada",)),
        ("**Date:** 2024-02-06 | **Mood:** fine | **Author:** Ada", "2024-02-06", None, ("Ada",)),
        ("**Date:** 2024-02-06, **not** known | maybe", "2024-02-06", None, None),
    ],
)
def test_several_values_on_one_line(line: str, day: str, severity: str | None, authors: tuple[str, ...] | None) -> None:
    one = record(f"# Slow\n\n{line}\n\n## Summary\n\nIt was slow.\n")
    assert [one.values[key].value for key in ("date", "severity", "authors")] == [day, severity, authors]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("SEV-3（part of the site）", ("SEV3", STATED)),
        ("SEV-3【part】", ("SEV3", STATED)),
        ("🔴 SEV-1", ("SEV1", STATED)),
        ("P1 (critical)", ("SEV1", DERIVED)),
        ("2", ("SEV2", DERIVED)),
        ("Very High", ("SEV1", DERIVED)),
        ("SEV-3 → SEV-2", ("SEV2", DERIVED)),
        ("SEV-2 -> SEV-2", ("SEV2", STATED)),
        ("Partial outage", ("SEV2", DERIVED)),
        ("annoying", (None, UNKNOWN)),
    ],
)
def test_a_severity_in_each_notation(written: str, expected: tuple[str | None, Certainty]) -> None:
    assert value(record(f"# Slow\n\n**Severity:** {written}\n\n## Summary\n\nSlow.\n"), "severity") == expected


def test_the_dates_of_a_status_page_are_beginning_and_end() -> None:
    one = record(
        """\
        ---
        title: Mail is slow
        date: 2024-02-06T07:00:00Z
        resolvedWhen: 2024-02-06T08:30:00Z
        severity: down
        affected: [mail, lists]
        draft: false
        ---
        We look into it.
        """
    )
    assert value(one, "started_at") == ("2024-02-06T07:00Z", STATED)
    assert value(one, "resolved_at") == ("2024-02-06T08:30Z", STATED)
    assert value(one, "severity") == ("SEV1", DERIVED)
    assert value(one, "services") == (("mail", "lists"), STATED)
    assert value(one, "status") == ("draft", DERIVED)


def test_a_date_without_an_end_is_no_beginning() -> None:
    one = record("---\ndate: 2024-02-06 07:00:00\n---\n# Slow\n\n## Summary\n\nSlow.\n")
    assert value(one, "started_at") == (None, UNKNOWN)


def test_a_label_that_names_a_zone() -> None:
    one = record("# Slow\n\n- Start (JST): 2024-02-06 14:02\n- End time (UTC): 2024-02-06 06:00\n")
    assert value(one, "started_at") == ("2024-02-06T05:02Z", STATED)
    assert value(one, "resolved_at") == ("2024-02-06T06:00Z", STATED)


def test_a_timeline_that_labels_its_moments() -> None:
    timeline = """\
        # RCA: Slow (2024-02-07)

        ## Timeline

        - **Incident Start:**    2024-02-06 23:15 UTC
        - **Time of Detection:** 2024-02-06 23:25 UTC (alert)
        - **End:** 2024-02-07 01:00 UTC
        - **End:** 2024-02-07 02:00 UTC
        """
    one = record(timeline)
    assert value(one, "date") == ("2024-02-06", STATED)
    assert value(one, "started_at") == ("2024-02-06T23:15Z", STATED)
    assert value(one, "detected_at") == ("2024-02-06T23:25Z", STATED)
    assert value(one, "resolved_at")[1] is not STATED


def test_the_code_of_an_mdx_file_is_its_front_matter() -> None:
    text = """\
        import Layout from '@/components/Layout'

        export const post = {
          draft: false,
          author: 'Ada',
          date: '2024-02-19',
          title: 'Relays are down: A post-mortem',
        }

        ## What happened?

        On February 6th ’24 the relays went down at 11:00 GMT.
        """
    one = record(text, "page.mdx")
    assert value(one, "title") == ("Relays are down", STATED)
    assert value(one, "date") == ("2024-02-06", DERIVED)
    assert value(one, "authors") == (("Ada",), STATED)
    assert value(one, "started_at") == ("2024-02-06T11:00Z", DERIVED)


def test_a_quoted_commit_states_nothing_of_the_document() -> None:
    commit = "commit 9b3a733a99f0\nAuthor: Ada <ada@example.com>\nDate:   Mon May 10 19:03:52 2021 +0900"
    one = record(f"# Slow\n\nIt was slow.\n\n## Relevant commits\n\n{commit}\n", "2021-05-09-slow.md")
    assert (value(one, "date"), value(one, "authors")) == (("2021-05-09", DERIVED), (None, UNKNOWN))


def test_labels_below_a_heading_for_services_are_no_services() -> None:
    heading = "# Slow\n\n## Affected Components\n\n"
    one = record(f"{heading}- **Services:** Storage (previews)\n- **Features:** Previews\n")
    assert value(one, "services") == (("Storage",), STATED)
    one = record(f"{heading}- **payments-api**: all requests failed\n- mail\n")
    assert value(one, "services") == (("payments-api", "mail"), DERIVED)


def test_an_entry_that_goes_on_states_no_moment() -> None:
    text = "# Slow\n\n## Timeline\n\n- **Start:** 2024-02-05 10:00 UTC the deployment pipeline is started by hand\n"
    assert value(record(text), "started_at") == (None, UNKNOWN)


def test_metadata_in_a_quote_below_the_title_and_no_other() -> None:
    head = "# Slow\n\n> **Severity**: 🔴 P1 – Critical · **Date**: 2024-02-06\n\n"
    one = record(head + "## Chat\n\n> Start: 2024-02-07 10:00 UTC\n")
    assert value(one, "severity") == ("SEV1", DERIVED)
    assert value(one, "date") == ("2024-02-06", STATED)
    assert value(one, "started_at") == (None, UNKNOWN)


def test_a_table_with_two_pairs_of_columns() -> None:
    one = record(
        """\
        # Slow

        | Field | Value | Field | Value |
        |---|---|---|---|
        | Date | 2024-02-06 | Severity | Sev 2 |
        | Start (UTC) | 2024-02-06 14:02 | End (UTC) | 2024-02-06 15:30 |
        """
    )
    assert value(one, "severity") == ("SEV2", STATED)
    assert value(one, "started_at") == ("2024-02-06T14:02Z", STATED)
    assert value(one, "resolved_at") == ("2024-02-06T15:30Z", STATED)

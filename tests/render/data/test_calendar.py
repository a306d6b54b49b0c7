"""The calendar of action items, read back by vobject and by icalendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import icalendar
import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from tests.builders import data_context as made
from tests.builders import incident

from postmortems.model.action_item import ActionItem, ActionKind, ActionList, ActionState
from postmortems.model.place import Place
from postmortems.render.data.calendar import actions_ics
from postmortems.render.data.data_context import DataContext

DUE = date(2026, 1, 5)


def item(text: str = "Fix the pool", state: ActionState = ActionState.OPEN, **values: Any) -> ActionItem:
    return ActionItem(Place.at("x.md"), text, state, 1, 1, **({"due": DUE} | values))


def of(*items: ActionItem, site_url: str = "", **values: Any) -> DataContext:
    return made(replace(incident("a", **values), actions=ActionList(items)), site_url=site_url)


def events(data_context: DataContext) -> list[Any]:
    """The events as vobject reads them; icalendar reads as many, and finds nothing wrong."""
    text = actions_ics(data_context)
    calendar = vobject.readOne(text)
    calendar.validate(raiseException=True)
    other = icalendar.Calendar.from_ical(text)
    assert other.errors == []
    found = list(calendar.contents.get("vevent", []))
    assert [str(event["UID"]) for event in other.walk("VEVENT")] == [event.uid.value for event in found]
    assert [str(event["SUMMARY"]) for event in other.walk("VEVENT")] == [event.summary.value for event in found]
    return found


def test_an_event_is_the_whole_day_on_which_an_item_falls_due() -> None:
    (event,) = events(
        of(
            item(owner="Kim", kind=ActionKind.PREVENT, ticket="OPS-1"),
            site_url="https://example.org/",
            title="Pool, dry; again",
        )
    )
    assert event.dtstart.value == DUE
    assert event.summary.value == "Kim: Fix the pool"
    url = "https://example.org/postmortems/2024/a/#a-6eb397ec75a0"
    assert event.description.value == f"Pool, dry; again\nTicket: OPS-1\n{url}"
    assert event.url.value == url
    assert event.categories.value == ["SEV1", "prevent"]
    assert event.transp.value == "TRANSPARENT"
    assert event.dtstamp.value.isoformat() == "2025-12-31T00:00:00+00:00"


def test_without_a_site_url_there_is_no_link() -> None:
    (event,) = events(of(item()))
    assert "url" not in event.contents
    assert event.description.value == "Outage a"


@pytest.mark.parametrize("state", [state for state in ActionState if state is not ActionState.OPEN])
def test_what_is_not_open_is_left_out(state: ActionState) -> None:
    assert events(of(item(state=state))) == []


def test_what_has_no_date_is_left_out_and_a_derived_date_counts() -> None:
    from postmortems.model.action_item import Horizon

    undated, derived = item("A", due=None), item("B", due=None, horizon=Horizon.IMMEDIATE)
    assert [
        (event.summary.value, event.dtstart.value) for event in events(of(undated, derived, published_on="2024-02-06"))
    ] == [("B", date(2024, 2, 13))]


def test_a_uid_stays_when_the_date_and_the_owner_change() -> None:
    (first,) = events(of(item()))
    (later,) = events(of(item(due=date(2027, 1, 1), owner="Kim"), site_url="https://example.org/"))
    (other,) = events(of(item("Fix the tap")))
    assert first.uid.value == later.uid.value != other.uid.value


def test_two_sites_share_no_uid() -> None:
    editions = [
        of(item()),
        replace(of(item()), site_name="Other"),
        replace(of(item()), repo_url="https://git.example/a"),
    ]
    assert len({events(data_context)[0].uid.value for data_context in editions}) == 3


def test_no_line_is_longer_than_75_bytes_and_all_end_alike() -> None:
    text = actions_ics(of(item("結帳" * 60 + "x" * 200), title="ü" * 200))
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert text.replace("\r\n", "").isprintable()
    assert text.endswith("END:VCALENDAR\r\n")


def test_controls_are_signs_in_it() -> None:
    (event,) = events(of(item("a\x07b \u202etxt.exe")))
    assert event.summary.value == r"a\x07b \u202etxt.exe"


def test_no_item_at_all_is_a_calendar_too() -> None:
    assert events(made()) == []


@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Cf", "Cn", "Zl", "Zp"]) | st.sampled_from('\\,;:"\n^'),
        max_size=120,
    )
)
def test_any_owner_survives_folding_and_escaping(owner: str) -> None:
    # vobject folds and unfolds by Python's idea of a line, icalendar by that of the standard.
    calendar = icalendar.Calendar.from_ical(actions_ics(of(item("x", owner=owner))))
    (event,) = calendar.walk("VEVENT")
    assert str(event["SUMMARY"]) == (f"{owner}: x" if owner else "x")

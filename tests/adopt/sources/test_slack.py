"""Slack's export: a folder a channel, a file a day. All messages are made up."""

from __future__ import annotations

import pytest

from postmortems.adopt.record import Record
from postmortems.adopt.sources import slack
from tests.adopt.exported import known, left_out, read, record, section

DAY = "inc-412-checkout_times-out/2026-03-02.json"
USERS = [
    {"id": "U1", "name": "ann", "profile": {"real_name": "Ann Gray", "display_name": "ann"}},
    {"id": "U2", "name": "ben", "real_name": "Ben Ode", "profile": {}},
]
CHANNELS = [
    {"id": "C1", "name": "inc-412-checkout_times-out", "members": ["U1"], "purpose": {"value": "Nobody can *pay*"}}
]
JOIN = {
    "type": "message",
    "subtype": "channel_join",
    "user": "U1",
    "ts": "1772461258.000100",
    "text": "<@U1> has joined",
}
ALERT = {
    "type": "message",
    "bot_id": "B9",
    "username": "Alertmanager",
    "ts": "1772461267.000200",
    "text": "FIRING: <https://grafana.example/d/9|5xx> in <#C9|ops>",
    "pinned_to": ["C1"],
}
RAISE = {
    "type": "message",
    "user": "U1",
    "ts": "1772462342.000300",
    "text": "raising pool to &lt;80&gt; &amp; watching, <@U2> <!here>",
    "thread_ts": "1772462342.000300",
    "reactions": [{"name": "pushpin", "users": ["U2"], "count": 1}],
}
REPLY = {
    "type": "message",
    "user": "U2",
    "ts": "1772462401.000400",
    "thread_ts": "1772462342.000300",
    "text": "*Timeline:* errors unchanged, says Ann Gray | <https://a.example>",
}
CHATTER = {"type": "message", "user": "U2", "ts": "1772462410.000400", "text": "lunch?"}


def test_marked_messages_with_threads_are_the_timeline() -> None:
    files = {DAY: [REPLY, JOIN, ALERT, RAISE, CHATTER, {**REPLY, "subtype": "thread_broadcast"}]}
    one = record(slack, {**files, "users.json": USERS, "channels.json": CHANNELS})
    assert known(one) == {"title": "Checkout times out?", "status": "draft?", "date": "2026-03-02?"}
    assert section(one, "Timeline").split("\n")[2:] == [
        "| 2026-03-02 14:21:07 | FIRING: 5xx (https://grafana.example/d/9) in #ops | Alertmanager |",
        "| 2026-03-02 14:39:02 | raising pool to &lt;80> & watching, BO @here | AG |",
        "| 2026-03-02 14:40:01 | errors unchanged, says AG \\| https://a.example | BO |",
    ]
    assert section(one, "Executive Summary") == "Nobody can \\*pay\\*"
    assert (one.source, one.origin) == ("inc-412-checkout_times-out", "slack:inc-412-checkout_times-out")
    assert one.problems == (
        "1 of 4 messages are not marked and not imported: mark more of them with"
        " a :pushpin:, a pin, or “timeline:” where it begins",
    )


def test_without_users_people_are_called_by_their_ids() -> None:
    one = record(slack, {DAY: [RAISE]})
    assert "| 2026-03-02 14:39:02 | raising pool to &lt;80> & watching, U2 @here | U1 |" in section(one, "Timeline")
    assert one.problems == ("users.json is missing: people appear by their ids",)


def test_a_profile_in_the_message_names_somebody_too() -> None:
    one = record(slack, {DAY: [{**RAISE, "user_profile": {"real_name": "Ann Gray"}}]}, names=True)
    assert "| Ann Gray |" in section(one, "Timeline")


def test_channels_and_days_are_kept_apart_and_together() -> None:
    later = {**RAISE, "ts": "1772500000.000100"}
    files = {DAY: [RAISE], DAY.replace("02.json", "03.json"): [later], "general/2026-03-02.json": [CHATTER, JOIN]}
    found = read(slack, files)
    assert [(one.source, one.events.count) for one in found if isinstance(one, Record)] == [
        ("inc-412-checkout_times-out", 2)
    ]
    assert left_out(found) == {
        "general": "none of its 1 messages is marked: with a :pushpin:, a pin, or “timeline:” where it begins"
    }


def test_the_history_of_one_channel_as_its_api_gives_it() -> None:
    one = record(slack, {"checkout.json": {"ok": True, "messages": [RAISE, CHATTER], "has_more": False}})
    assert (one.source, one.text("title"), one.events.count) == ("checkout.json", "Checkout", 1)


@pytest.mark.parametrize(
    ("text", "is_event"),
    [
        ("timeline: x", True),
        ("[Timeline] x", True),
        ("#timeline x", True),
        ("a timeline: x", False),
        ("timelines: x", False),
    ],
)
def test_what_begins_an_event(text: str, is_event: bool) -> None:
    found = read(slack, {DAY: [{**CHATTER, "text": text}]})
    assert bool([one for one in found if isinstance(one, Record)]) is is_event


def test_a_file_of_a_message_is_named() -> None:
    message = {**RAISE, "text": "", "files": [{"name": "graph.png", "permalink": "https://a.slack.com/files/1"}]}
    row = section(record(slack, {DAY: [message]}), "Timeline").split("\n")[2]
    assert row == "| 2026-03-02 14:39:02 | (file: graph.png) | U1 | [source](https://a.slack.com/files/1) |"

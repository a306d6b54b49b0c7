"""Slack: the marked messages of a channel, from the folder of an export.

Nobody wants every message. Marked are those with a pin, with one of the reactions, or that begin with one of the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from pathlib import PurePosixPath

from postmortems.adopt.exports.export import Item, holds, sort_export
from postmortems.adopt.exports.incident import ExportedIncident, ExportEvent, Values
from postmortems.adopt.exports.incident_record import incident_record
from postmortems.adopt.exports.json_object import JsonObject, moment_of_epoch
from postmortems.adopt.exports.people import People
from postmortems.adopt.exports.plain_markdown import paragraphs
from postmortems.adopt.record import Found, NoRecord
from postmortems.adopt.sources.given import Given

NAME = "slack"

REACTIONS = ("pushpin", "round_pushpin", "timeline", "postmortem")
"""A message with one of these reactions is an event."""
PREFIX = re.compile(
    r"\s{0,5}[*_]{0,2}(?:\[timeline\]|#timeline\b|timeline\s?:)[*_]{0,2}\s{0,5}:?\s{0,5}", re.IGNORECASE
)
"""Beginning of a message that is an event."""

_SYSTEM = "Slack"
_NO_CHANNEL = "channel"
"""The name of a channel whose files lie alone, without its folder."""
_HOW = "a :pushpin:, a pin, or “timeline:” where it begins"
_NOISE = (
    "channel_join",
    "channel_leave",
    "channel_topic",
    "channel_purpose",
    "channel_name",
    "pinned_item",
    "tombstone",
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_ANGLE = re.compile(r"<([@#!]?)([^<>|\n]{1,2000})(?:\|([^<>\n]{0,1000}))?>")
_CHANNEL = re.compile(
    r"(?:incident|inc|sev\d?|outage|pm|postmortem)[-_](?:\d{1,8}[-_]|(?:19|20)[\d-]{6,8}[-_])?", re.IGNORECASE
)


def recognises(given: Given) -> bool:
    """True if there are messages of Slack in the files."""
    return holds(given, _sorted, "message")


def read(given: Given) -> Iterator[Found]:
    """A record for each channel that has marked messages."""
    export = sort_export(given, _sorted, "message, user or channel of Slack")
    names = {item.content.text("id"): _name(item.content) for item in export.items("user")}
    has_users = bool(names)
    for item in export.items("message"):
        if profile := item.content.object("user_profile"):
            names.setdefault(item.content.text("user"), profile.line("real_name") or profile.line("display_name"))
    people = People(names.values(), shown=given.names)
    about = {item.content.text("name"): item.content for item in export.items("channel")}
    for channel, items in _by_channel(export.items("message")).items():
        messages = list(_messages(items))
        marked = [message for message in messages if _is_marked(message)]
        path = PurePosixPath(items[0].path)
        source = str(path.parent) if str(path.parent) != "." else str(path)
        if not marked:
            yield NoRecord(source, f"none of its {len(messages)} messages is marked: with {_HOW}")
            continue
        problems = [] if len(marked) == len(messages) else [_left(len(messages) - len(marked), len(messages))]
        if not has_users:
            problems.append("users.json is missing: people appear by their ids")
        values = Values(given, _SYSTEM)
        if channel != _NO_CHANNEL:
            values.derive("title", _title(channel), f"the channel's name, {channel}")
        first = min(moment.at for message in marked if (moment := moment_of_epoch(message.text("ts"))))
        values.derive("date", first.date().isoformat(), "the day of the first marked message")
        purpose = about.get(channel, JsonObject({})).text("purpose", "value")
        incident = ExportedIncident(
            source,
            f"{NAME}:{channel}",
            values.complete(),
            events=[_event(message, names, people) for message in marked],
            sections={"Executive Summary": paragraphs(_decoded(purpose, names, people))} if purpose.strip() else {},
            problems=problems,
        )
        yield incident_record(incident, given)
    yield from export.left


def _sorted(outer: JsonObject) -> Iterator[tuple[str, JsonObject]]:
    for inner in outer.objects("messages") if outer.has("messages") else (outer,):
        if moment_of_epoch(inner.text("ts")) and inner.has_any("text", "subtype"):
            yield "message", inner
        elif inner.has("id", "profile"):
            yield "user", inner
        elif inner.has("id", "name", "members") or inner.has("id", "name", "purpose"):
            yield "channel", inner


def _by_channel(items: Sequence[Item]) -> Mapping[str, list[Item]]:
    """The messages by their channel: the folder that a day's file is in, else the file's own name."""
    found: dict[str, list[Item]] = {}
    for item in items:
        path = PurePosixPath(item.path)
        own = "" if _DAY.fullmatch(path.stem) else path.stem
        found.setdefault(own or path.parent.name or _NO_CHANNEL, []).append(item)
    return found


def _messages(items: Sequence[Item]) -> Iterator[JsonObject]:
    """The messages, each once: a reply that was sent to the channel, too, is in an export twice."""
    seen = set()
    for item in items:
        message = item.content
        if (
            message.text("subtype") not in _NOISE
            and message.text("ts") not in seen
            and (message.text("text") or message.at("files"))
        ):
            seen.add(message.text("ts"))
            yield message


def _is_marked(message: JsonObject) -> bool:
    return (
        any(reaction.text("name").partition("::")[0] in REACTIONS for reaction in message.objects("reactions"))
        or bool(message.at("pinned_to"))
        or PREFIX.match(message.text("text")) is not None
    )


def _event(message: JsonObject, names: Mapping[str, str], people: People) -> ExportEvent:
    at = moment_of_epoch(message.text("ts"))
    text = _decoded(PREFIX.sub("", message.text("text"), count=1), names, people)
    files = [file.line("title") or file.line("name") for file in message.objects("files")]
    text = " ".join([text, *(f"(file: {people.without_names(name)})" for name in files if name)]).strip()
    user = message.text("user")
    return ExportEvent(
        at.at if at else None,
        text,
        message.text("username") or people.called(names.get(user, "")) or user,
        next((link for file in message.objects("files") if (link := file.text("permalink"))), ""),
    )


def _decoded(text: str, names: Mapping[str, str], people: People) -> str:
    """A message without Slack's own signs for people, channels and links."""

    def word(found: re.Match[str]) -> str:
        sign, what, label = found[1], found[2], found[3] or ""
        if sign == "@":
            return people.called(names.get(what, "")) or people.without_names(label) or what
        if sign == "#":
            return f"#{label or what}"
        if sign == "!":
            return label or f"@{what}"
        return f"{label} ({what})" if label and label != what else what

    return people.without_names(unescape(_ANGLE.sub(word, text)))


def _name(user: JsonObject) -> str:
    profile = user.object("profile")
    return user.line("real_name") or profile.line("real_name") or profile.line("display_name") or user.line("name")


def _title(channel: str) -> str:
    words = " ".join(re.split(r"[-_]+", _CHANNEL.sub("", channel, count=1) if _CHANNEL.match(channel) else channel))
    return words[:1].upper() + words[1:]


def _left(number: int, of: int) -> str:
    return f"{number} of {of} messages are not marked and not imported: mark more of them with {_HOW}"

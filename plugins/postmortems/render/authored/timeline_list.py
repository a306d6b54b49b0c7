"""The timeline drawn as a rail: time, elapsed, a mark, the event; days and long silences between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from xml.etree import ElementTree as ET

from postmortems.analyse.phases import phases
from postmortems.model.front_matter import FrontMatter
from postmortems.model.postmortem import Postmortem
from postmortems.model.timeline import Event, Phase, same_minute
from postmortems.render.authored.markdown_text import AuthorText, put_plain
from postmortems.render.base.event_anchors import event_anchors
from postmortems.render.base.page import PHASES
from postmortems.render.base.placeholders import Placeholders, slot
from postmortems.render.words.formats import MONTHS, UNKNOWN, duration_words, long_day_words, time_words

SILENCE = timedelta(minutes=90)
"""Minimum time without an entry for which the list breaks and says how long it was."""
_BESIDE_FROM = 8
"""Minimum entries for which the phase bar is drawn a second time, beside the list: fewer are in view with the bar."""
_SAYS_UNKNOWN = ("unknown", "n/a", "na", "tbd", "tbc", "xx:xx", "x:xx")
_LONGEST_TIME = 60
"""More characters are no time that somebody meant to be read as one."""


@dataclass(slots=True)
class _Walk:
    """State that one entry needs of those before it."""

    day: date | None = None
    last: datetime | None = None
    phase: Phase | None = None
    state: str = "unk"


def put_events(parent: ET.Element, postmortem: Postmortem, slots: Placeholders, text: AuthorText) -> None:
    """The words of all events, each in its slot: `t0` and `a0` are what happened first and what was done, `w0` by whom
    (which is drawn anew, and is here for the search)."""
    events = postmortem.timeline.events
    for index, (event, anchor) in enumerate(zip(events, event_anchors(events), strict=True)):
        slots.open(parent, f"t{index}", anchor)
        text.put(parent, "p", "pm-ev__what", event.text)
        if event.action.strip():
            slots.open(parent, f"a{index}")
            text.put(parent, "span", "pm-ev__doing", event.action)
        if event.actor.strip():
            slots.open(parent, f"w{index}")
            put_plain(parent, "span", "", event.actor.strip())


def build_timeline(postmortem: Postmortem) -> ET.Element:
    """The rail of all events, in the order in which they are written, with a slot for each one's words; beside a long
    one the page's phase bar, which stays in view."""
    course = ET.Element("div", {"class": "pm-course"})
    rail = ET.SubElement(course, "ol", {"class": "pm-rail"})
    events = postmortem.timeline.events
    if len(events) >= _BESIDE_FROM and _has_length(postmortem.front_matter):
        # Of no size for readers without a style sheet.
        bar = ET.SubElement(course, "svg", {"class": "pm-beside", "width": "0", "height": "0", "aria-hidden": "true"})
        ET.SubElement(bar, "use", {"href": f"#{PHASES}"})
    moments = _moments(postmortem)
    walk = _Walk()
    for index, (event, anchor, phase) in enumerate(zip(events, event_anchors(events), phases(postmortem), strict=True)):
        _between(rail, event, walk)
        walk.state = _state(event.at, postmortem.front_matter) or walk.state
        entry = ET.SubElement(rail, "li", {"class": _look(walk.state, is_moment=index in moments), "id": anchor})
        _time(entry, event, anchor)
        put_plain(entry, "span", "pm-ev__el", _elapsed(event, postmortem.front_matter.started_at))
        body = ET.SubElement(entry, "div", {"class": "pm-ev__body", "dir": "auto"})
        early = event.at and postmortem.front_matter.started_at and event.at < postmortem.front_matter.started_at
        told = phase is not walk.phase and (event.phase is not None or not early)
        _phase(body, phase, moments.get(index, ()), told=told)
        walk.phase = phase
        _words(body, event, index)
    return course


def _has_length(matter: FrontMatter) -> bool:
    """True if two moments differ, so that there is a bar."""
    moments = {matter.started_at, matter.detected_at, matter.mitigated_at, matter.resolved_at}
    return len(moments - {None}) > 1


def _moments(postmortem: Postmortem) -> dict[int, tuple[str, ...]]:
    """The entries that are moments of the front matter, by their index: for each moment the first of its minute."""
    matter = postmortem.front_matter
    found: dict[int, tuple[str, ...]] = {}
    for name, moment in (
        ("Started", matter.started_at),
        ("Detected", matter.detected_at),
        ("Mitigated", matter.mitigated_at),
        ("Resolved", matter.resolved_at),
    ):
        for index, event in enumerate(postmortem.timeline.events):
            if moment and event.at and not event.day_only and same_minute(event.at, moment):
                found[index] = (*found.get(index, ()), name)
                break
    return found


def _between(rail: ET.Element, event: Event, walk: _Walk) -> None:
    """The length of a long silence, and a day's heading where a new day begins.

    Nobody knows how long it was silent around an entry without a time.
    """
    if event.at is None:
        walk.last = None
        return
    if not event.day_only and walk.last and event.at - walk.last >= SILENCE:
        silence = f"no entries for {duration_words(event.at - walk.last)}"
        put_plain(ET.SubElement(rail, "li", {"class": "pm-gap"}), "span", "", silence)
    walk.last = None if event.day_only else max(event.until or event.at, event.at)
    if event.at.date() != walk.day:
        put_plain(ET.SubElement(rail, "li", {"class": "pm-day"}), "span", "", long_day_words(event.at.date()))
        walk.day = event.at.date()


def _state(at: datetime | None, matter: FrontMatter) -> str | None:
    """Phase that follows an entry, as the phase bar calls it; None keeps what was before."""
    if at is None:
        return None
    if any(end and (at >= end or same_minute(at, end)) for end in (matter.mitigated_at, matter.resolved_at)):
        return "rec"
    if matter.detected_at is None or (matter.started_at and at < matter.started_at):
        return "unk"
    if at >= matter.detected_at or same_minute(at, matter.detected_at):
        return "act"
    return "dark" if matter.started_at else "unk"


def _look(state: str, *, is_moment: bool) -> str:
    return f"pm-ev pm-st--{state}" + (" pm-ev--moment" if is_moment else "")


def _time(entry: ET.Element, event: Event, anchor: str) -> None:
    """The time, which is a link to itself; approximate, ranged and mere days are said as such.

    What could not be read, or belongs to no day, is as the author wrote it.
    """
    link = ET.SubElement(entry, "a", {"class": "pm-ev__t", "href": f"#{anchor}"})
    if event.at is None:
        put_plain(link, "span", "pm-unknown", _as_written(event))
        return
    about = (event.qualifier or "about") if event.approximate else ""
    if event.day_only:
        put_plain(link, "time", "", f"{about} {event.at.day} {MONTHS[event.at.month - 1]}".strip()).set(
            "datetime", f"{event.at:%Y-%m-%d}"
        )
        return
    if about:
        put_plain(link, "span", "pm-ev__about", about).tail = " "
    put_plain(link, "time", "", time_words(event.at)).set("datetime", _stamp(event.at))
    if event.until is not None:
        link[-1].tail = "–"
        put_plain(link, "time", "", time_words(event.until)).set("datetime", _stamp(event.until))


def _as_written(event: Event) -> str:
    """The author's own words for a time that is no moment; "unknown" where they say no more."""
    written = " ".join(event.written.split())[:_LONGEST_TIME]
    says_something = any(character.isalnum() for character in written) and written.casefold() not in _SAYS_UNKNOWN
    return written if says_something else UNKNOWN


def _stamp(at: datetime) -> str:
    return at.isoformat()[:19] + "Z"  # events are in UTC


def _elapsed(event: Event, started: datetime | None) -> str:
    if event.at is None or started is None or event.day_only:
        return ""
    if same_minute(event.at, started):
        return "start"
    if event.at < started:
        return f"−{duration_words(started - event.at)}"
    return f"+{duration_words(event.at - started)}"


def _phase(body: ET.Element, phase: Phase, moments: tuple[str, ...], *, told: bool) -> None:
    """The phase where it changes, and the moments; for those who hear the page, the phase always."""
    line = ET.SubElement(body, "p", {"class": "pm-ev__ph"})
    if moments:
        put_plain(line, "b", "pm-moment", ", ".join((moments[0], *(name.lower() for name in moments[1:])))).tail = " "
    shown = told and not moments
    put_plain(line, "span", "" if shown else "pm-vh", phase.value.capitalize())


def _words(body: ET.Element, event: Event, index: int) -> None:
    body.append(slot(f"t{index}"))
    if event.action.strip():
        action = ET.SubElement(body, "div", {"class": "pm-ev__act"})
        put_plain(action, "span", "pm-lab", "Action taken")
        action.append(slot(f"a{index}"))
    if event.actor.strip():
        put_plain(body, "p", "pm-ev__who", event.actor.strip())
    if event.link.startswith(("https://", "http://")):
        put_plain(ET.SubElement(body, "p", {"class": "pm-ev__who"}), "a", "", event.link).set("href", event.link)

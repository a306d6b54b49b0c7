"""The timeline drawn as a rail: time, elapsed, a mark, the event; days and long silences between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape
from xml.etree import ElementTree as ET

from postmortems.analyse.phases import phases
from postmortems.model.front_matter import FrontMatter
from postmortems.model.postmortem import Postmortem
from postmortems.model.timeline import Event, Phase, same_minute
from postmortems.render.authored.markdown_text import AuthorText, put_plain
from postmortems.render.base.event_anchors import event_anchors
from postmortems.render.base.page import PHASES
from postmortems.render.base.placeholders import Drawing, Fragments, Placeholders, plain
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


def draw_timeline(postmortem: Postmortem) -> Fragments:
    """The rail of all events, in the order in which they are written, with a slot for each one's words; beside a long
    one the page's phase bar, which stays in view."""
    drawing = Drawing()
    drawing.add('<div class="pm-course"><ol class="pm-rail">')
    matter, events = postmortem.front_matter, postmortem.timeline.events
    moments = _moments(postmortem)
    walk = _Walk()
    for index, (event, anchor, phase) in enumerate(zip(events, event_anchors(events), phases(postmortem), strict=True)):
        drawing.add(_between(event, walk))
        walk.state = _state(event.at, matter) or walk.state
        early = event.at and matter.started_at and event.at < matter.started_at
        told = phase is not walk.phase and (event.phase is not None or not early)
        walk.phase = phase
        drawing.add(
            f'<li class="{_look(walk.state, is_moment=index in moments)}" id="{escape(anchor)}">'
            f'<a class="pm-ev__t" href="#{escape(anchor)}">{_time(event)}</a>'
            f'<span class="pm-ev__el">{_elapsed(event, matter.started_at)}</span>'
            f'<div class="pm-ev__body" dir="auto">{_phase(phase, moments.get(index, ()), told=told)}'
        )
        _words(drawing, event, index)
        drawing.add("</div></li>")
    drawing.add("</ol>")
    if len(events) >= _BESIDE_FROM and _has_length(matter):
        # Of no size for readers without a style sheet.
        bar = f'<use href="#{PHASES}"></use>'
        drawing.add(f'<svg class="pm-beside" width="0" height="0" aria-hidden="true">{bar}</svg>')
    drawing.add("</div>")
    return drawing.fragments


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


def _between(event: Event, walk: _Walk) -> str:
    """The length of a long silence, and a day's heading where a new day begins.

    Nobody knows how long it was silent around an entry without a time.
    """
    if event.at is None:
        walk.last = None
        return ""
    between = ""
    if not event.day_only and walk.last and event.at - walk.last >= SILENCE:
        between = f'<li class="pm-gap"><span>no entries for {duration_words(event.at - walk.last)}</span></li>'
    walk.last = None if event.day_only else max(event.until or event.at, event.at)
    if event.at.date() != walk.day:
        between += f'<li class="pm-day"><span>{long_day_words(event.at.date())}</span></li>'
        walk.day = event.at.date()
    return between


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


def _time(event: Event) -> str:
    """The time; approximate, ranged and mere days are said as such.

    What could not be read, or belongs to no day, is as the author wrote it.
    """
    if event.at is None:
        return plain("span", "pm-unknown", _as_written(event))
    about = (event.qualifier or "about") if event.approximate else ""
    if event.day_only:
        day = f"{about} {event.at.day} {MONTHS[event.at.month - 1]}".strip()
        return plain("time", "", day, datetime=f"{event.at:%Y-%m-%d}")
    shown = plain("span", "pm-ev__about", about) + " " if about else ""
    shown += f'<time datetime="{_stamp(event.at)}">{time_words(event.at)}</time>'
    if event.until is not None:
        shown += f'–<time datetime="{_stamp(event.until)}">{time_words(event.until)}</time>'
    return shown


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


def _phase(phase: Phase, moments: tuple[str, ...], *, told: bool) -> str:
    """The phase where it changes, and the moments; for those who hear the page, the phase always."""
    named = ", ".join((moments[0], *(name.lower() for name in moments[1:]))) if moments else ""
    moment = f'<b class="pm-moment">{named}</b> ' if named else ""
    hidden = "" if told and not moments else ' class="pm-vh"'
    return f'<p class="pm-ev__ph">{moment}<span{hidden}>{phase.value.capitalize()}</span></p>'


def _words(drawing: Drawing, event: Event, index: int) -> None:
    drawing.leave_room(f"t{index}")
    if event.action.strip():
        drawing.add('<div class="pm-ev__act"><span class="pm-lab">Action taken</span>')
        drawing.leave_room(f"a{index}")
        drawing.add("</div>")
    if event.actor.strip():
        drawing.add(plain("p", "pm-ev__who", event.actor.strip()))
    if event.link.startswith(("https://", "http://")):
        drawing.add(f'<p class="pm-ev__who">{plain("a", "", event.link, href=event.link)}</p>')

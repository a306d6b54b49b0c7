"""Words of the points about one incident: the fact, and what to ask about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from postmortems.analyse.agenda.meeting import Agenda, Point, Topic
from postmortems.model.timeline import Event
from postmortems.render.words.agenda_point import LONGEST_QUOTE, WHYS, PointWords, tone_words
from postmortems.render.words.formats import count_words, day_words, duration_words, moment_after
from postmortems.render.words.incident import clipped
from postmortems.render.words.plain import plain_words
from postmortems.text.spelling import listed

CAUSES = (Topic.TRIGGER, Topic.PRIMARY_CAUSE, Topic.FACTOR)
"""Topics that are followed with five whys."""

_QUOTED: Mapping[Topic, tuple[str, str]] = {
    Topic.SAVED: ("What saved us.", "Would it save us again, and is it there on purpose?"),
    Topic.SURPRISE: ("Surprises.", "Who else was surprised, and what did we believe until then?"),
    Topic.DETECTION_GAP: ("Detection gaps.", "Which signal came first, and who could have seen it?"),
    Topic.TRIGGER: ("Trigger.", ""),
    Topic.PRIMARY_CAUSE: ("Primary cause.", ""),
    Topic.FACTOR: ("Contributing factor.", ""),
    Topic.NOT_UNDERSTOOD: ("Still not understood.", "How could we find out, and is it worth the effort?"),
    Topic.HARD: ("What made it hard.", "Which change would make this easier next time?"),
    Topic.RUNBOOK: ("Runbook changes.", "Has each been made, and who has tried it?"),
    Topic.LESSON: ("Lessons.", "Who outside this meeting needs them, and how will they hear them?"),
}


def _event_text(event: Event) -> str:
    return clipped(plain_words(event.text), LONGEST_QUOTE)


def _time_words(event: Event, agenda: Agenda, *, at_end: bool = False) -> str:
    """The time of an entry, or that of its end: `14:23 UTC`, on another day than the start with its day."""
    at = event.until or event.at if at_end else event.at
    if at is None:
        return "time unknown"
    if event.day_only:
        return day_words(at.date())
    begin = agenda.postmortem.front_matter.started_at if agenda.postmortem else None
    return f"{'about ' if event.approximate else ''}{moment_after(at, begin)}"


def quoted_words(point: Point, _: Agenda) -> PointWords:
    """A point that quotes passages."""
    fact, question = _QUOTED[point.topic]
    more = f" {point.number:,} more in the text." if point.number else ""
    prompts = WHYS if point.topic in CAUSES else ()
    texts = tuple(clipped(plain_words(quote.text), LONGEST_QUOTE) for quote in point.quotes)
    return PointWords(f"{fact}{more}", question, texts, prompts)


def _responders(point: Point, _: Agenda) -> PointWords:
    others = f"{count_words(point.number, 'other actor')} in the timeline without a role." if point.number else ""
    known = f"Roles in the timeline: {listed(point.names)}." if point.names else "The timeline names no roles."
    return PointWords(f"{known} {others}".strip(), "Is everyone here who took part, whatever their role?")


def _service_owners(point: Point, _: Agenda) -> PointWords:
    facts = [f"Service owners: {listed(point.names)}." if point.names else "Service owners: unknown."]
    if point.unowned:
        facts.append(f"No owner in the service catalogue: {listed(point.unowned)}.")
    return PointWords(" ".join(facts), "Can each speak for how the service is built and run?")


_STAKEHOLDERS = {
    "customers": "customer support, since customers detected it",
    "third-party": "a contact of the third party that detected it",
    "communication": "communications, since the timeline has entries about it",
    "business": "a person who knows the business impact",
}


def _stakeholders(point: Point, _: Agenda) -> PointWords:
    reasons = "; ".join(_STAKEHOLDERS[name] for name in point.names)
    fact = f"Stakeholders: {reasons}." if reasons else "Stakeholders: none follow from the text."
    return PointWords(fact, "Who was affected and should hear this first-hand?")


def _entries(point: Point, agenda: Agenda) -> PointWords:
    if not point.number:
        return PointWords("The timeline has no entries.", "What happened first, and which records show it?")
    ends = [_time_words(event, agenda, at_end=place == 1) for place, event in enumerate(point.events)]
    span = f", from {ends[0]} to {ends[1]}" if len(ends) > 1 else ""
    return PointWords(
        f"{count_words(point.number, 'entry', 'entries')} in the timeline{span}.",
        "Would each person involved agree with what it says they knew and saw?",
    )


def _without_time(point: Point, _: Agenda) -> PointWords:
    fact = f"{count_words(point.number, 'entry', 'entries')} in the timeline without a time."
    return PointWords(fact, "Before or after which other was it?", (_event_text(point.events[0]),))


def _silence(point: Point, agenda: Agenda) -> PointWords:
    before, after = point.events
    begin, end = _time_words(before, agenda, at_end=True), _time_words(after, agenda)
    return PointWords(
        f"No entries for {duration_words(point.length)}, from {begin} to {end}.",
        "What was known, tried or waited for in that time?",
        tuple(_event_text(event) for event in point.events),
    )


_PHASES = {
    "undetected": ("Undetected for", "What would have shown it sooner?"),
    "responding": ("Responding took", "What took the time, and what would have shortened it?"),
    "recovering": ("Recovering took", "What took the time after the impact ended?"),
}


def _long_phase(point: Point, _: Agenda) -> PointWords:
    assert point.comparison
    compared = point.comparison
    fact, question = _PHASES[compared.name]
    return PointWords(
        f"{fact} {duration_words(compared.length)}: longer than in {compared.shorter} of the {compared.others} other "
        "incidents where this is known.",
        question,
    )


def _factors(point: Point, _: Agenda) -> PointWords:
    if not point.number:
        return PointWords(
            "No contributing factors are listed.", "What had to be true for this to happen, to last, or to stay unseen?"
        )
    return PointWords(
        f"{count_words(point.number, 'contributing factor')}.",
        "Does every contributing factor name a condition that can be changed, not a person?",
    )


def _may_repeat(point: Point, _: Agenda) -> PointWords:
    assert point.suspicion
    days = point.suspicion.days_apart
    when = "date unknown" if days is None else f"{count_words(days, 'day')} earlier"
    shared = listed(dict.fromkeys(reason.kind.value for reason in point.suspicion.reasons))
    return PointWords(
        f"Suspected repeat, {when}, in common: {shared}.",
        f'Is it a repeat of "{point.suspicion.earlier.id}"? The front matter does not say.',
    )


def _open_items(point: Point, of: str) -> str:
    overdue = f", {point.overdue:,} overdue" if point.overdue else ""
    return f"{count_words(point.number, 'open action item')} of {of}{overdue}."


def _no_prevention(point: Point, _: Agenda) -> PointWords:
    unstated = f" {count_words(point.number, 'item')} without a kind." if point.number else ""
    return PointWords(
        f"No action item is marked as preventing or detecting.{unstated}",
        "Does any action item prevent or detect a repeat, or do they all only mitigate?",
    )


def _published(point: Point, _: Agenda) -> PointWords:
    due = f"due {day_words(point.day)}" if point.day else "no deadline"
    return PointWords(f"Not published yet, {due}.", "What is missing, and who will supply it?")


def _share(point: Point, _: Agenda) -> PointWords:
    fact = f"Owners of similar incidents: {listed(point.names)}." if point.names else ""
    return PointWords(fact, "Which teams run the same risk, and who will tell them?")


def _exercise(_: Point, agenda: Agenda) -> PointWords:
    assert agenda.postmortem
    return PointWords(f"Practise it (postmortems exercise {agenda.postmortem.id}).", "When, and with whom?")


INCIDENT_WORDS: Mapping[Topic, Callable[[Point, Agenda], PointWords]] = {
    **dict.fromkeys(_QUOTED, quoted_words),
    Topic.TONE: tone_words,
    Topic.RESPONDERS: _responders,
    Topic.SERVICE_OWNERS: _service_owners,
    Topic.STAKEHOLDERS: _stakeholders,
    Topic.ENTRIES: _entries,
    Topic.ENTRIES_WITHOUT_TIME: _without_time,
    Topic.MOMENTS_UNKNOWN: lambda point, _: PointWords(
        f"Unknown: {listed(point.names)}.", "Do logs, chat or the pager still show it?"
    ),
    Topic.DETECTED_LATE: lambda point, _: PointWords(
        f"Detection took {duration_words(point.length)}, {duration_words(point.over_target)} over its target.",
        "What would have detected it sooner, and is there an action item for it?",
    ),
    Topic.DETECTED_OUTSIDE: lambda point, _: PointWords(
        "Customers or third parties detected it first.", "Which internal signal existed, and who could have seen it?"
    ),
    Topic.SILENCE: _silence,
    Topic.LONG_PHASE: _long_phase,
    Topic.FIVE_WHYS: lambda point, _: PointWords(
        "Five whys, for each cause below.",
        "Follow each branch until the answer is a condition that you can change.",
        prompts=WHYS,
    ),
    Topic.CAUSE_UNKNOWN: lambda point, _: PointWords(
        "The root cause is unknown.", "What data would you need to keep next time?"
    ),
    Topic.FACTORS: _factors,
    Topic.REPEATS: lambda point, _: PointWords(
        f'It repeats "{point.incidents[0].id}".', "Why did the earlier action items not prevent it?"
    ),
    Topic.MAY_REPEAT: _may_repeat,
    Topic.PATTERN: lambda point, _: PointWords(
        f"{listed(point.names)}: {count_words(point.number, 'earlier incident')}, "
        f"last {day_words(point.incidents[0].day)}.",
        "What changed after them, and did it hold?",
    ),
    Topic.OPEN_OF_REPEATED: lambda point, _: PointWords(
        _open_items(point, "incidents that it repeats or may repeat"),
        "Would one of them have prevented this? Keep, change or drop each.",
    ),
    Topic.OPEN_WITH_PATTERN: lambda point, _: PointWords(
        _open_items(point, f'earlier incidents with "{listed(point.names)}"'), "Would one of them have helped here?"
    ),
    Topic.NO_ACTIONS: lambda point, _: PointWords(
        "No action items yet.", "What will you change so that this is less likely, or is detected sooner?"
    ),
    Topic.OWN_ACTIONS: lambda point, _: PointWords(
        f"{count_words(point.number, 'action item')}.", "Would they have prevented this, and which matters most?"
    ),
    Topic.NO_PREVENTION: _no_prevention,
    Topic.WITHOUT_OWNER: lambda point, _: PointWords(
        f"{count_words(point.number, 'open action item')} without an owner.", "Who will own each?"
    ),
    Topic.WITHOUT_DATE: lambda point, _: PointWords(
        f"{count_words(point.number, 'open action item')} without a due date.", "By when will each be done?"
    ),
    Topic.PAST_DUE: lambda point, _: PointWords(
        f"{count_words(point.number, 'action item')} overdue.", "Which still matter, and which can be dropped?"
    ),
    Topic.STATUS_UNKNOWN: lambda point, _: PointWords(
        f"{count_words(point.number, 'action item')} with status unknown.", "What became of each?"
    ),
    Topic.NO_LESSONS: lambda point, _: PointWords(
        "No lessons learned yet.", "What would you tell a colleague tomorrow, in one sentence?"
    ),
    Topic.SHARE: _share,
    Topic.PUBLISH: _published,
    Topic.EXERCISE: _exercise,
}
"""The words of each topic of an incident's review."""

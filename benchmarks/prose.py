"""Made-up incidents and patterns as Markdown, whole by every rule that a postmortem must keep."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from random import Random

from benchmarks import vocabulary as words
from benchmarks.incident import Incident
from benchmarks.learned_words import LEARNED
from benchmarks.team_words import DIFFERENT, NONE_SAVED, SAVED, Guidance

Moment = tuple[datetime, str, str]
"""One event: when, what, and what was done, which may be empty."""

_HORIZONS = (
    ("Immediate (Complete within 1 week)", 7),
    ("Short-term (Complete within 1 month)", 30),
    ("Long-term (Complete within 1 quarter)", 90),
)


SHORT_FORM = ("## Executive Summary", "### What Went Well", "## Action Items")
"""The sections that a near miss keeps in its short form."""


def postmortem_text(random: Random, incident: Incident, moments: Sequence[Moment]) -> str:
    """The whole of a `postmortem.md`."""
    say = incident.say
    parts = [
        _front_matter(incident),
        "## Executive Summary",
        f"{say(random.choice(words.SUMMARIES))} {say(random.choice(words.ENDINGS))}",
        "## Timeline",
        *timeline_blocks(incident.shape, moments),
        "## Root Cause Analysis",
        "### Primary Cause",
        say(incident.cause.mechanism),
        "### Contributing Factors",
        _bullets(_draw(random, incident, words.FACTORS, 3, 4)),
        "### Detection Gaps",
        _bullets(_draw(random, incident, words.GAPS, 1, 1)),
        "## Impact Assessment",
        "### Technical Impact",
        _bullets([say(words.TECHNICAL[0]), *_draw(random, incident, words.TECHNICAL[1:], 1, 1)]),
        "### Business Impact",
        _bullets(_draw(random, incident, words.BUSINESS, 1, 1)),
        "## Response Evaluation",
        "### What Went Well",
        _bullets(_went_well(random, incident)),
        "### Areas for Improvement",
        _bullets(_draw(random, incident, words.IMPROVE, 1, 2)),
        "## Action Items",
        *_action_blocks(random, incident),
        "## Lessons Learned",
        " ".join(_lessons(random, incident)),
        *_learned(incident),
    ]
    if incident.is_short:
        parts = [parts[0], *(part for section in SHORT_FORM for part in _section(parts, section))]
    return "\n\n".join(parts) + "\n"


def pattern_text(random: Random, pattern: words.PatternWords, incidents: Sequence[Incident]) -> str:
    """The whole of a pattern's page, which names some of its incidents."""
    causes = [cause.label for cause in words.CAUSES if cause.pattern == pattern.id]
    examples = random.sample(incidents, min(3, len(incidents)))
    parts = [
        "\n".join(
            (
                "---",
                f"title: {pattern.title}",
                f"family: {pattern.family}",
                f"aliases: {_flow([pattern.title.casefold()])}",
                f"signals: {_flow(causes)}",
                "---",
            )
        ),
        "A way of failing that returns in other clothes: what to look for, what helped, what keeps it away.",
    ]
    for heading, sentences in words.GUIDANCE.items():
        parts += [f"## {heading}", _bullets(random.sample(sentences, len(sentences)))]
    if examples:
        links = [f"[{one.title}](../postmortems/{one.id}/postmortem.md)" for one in examples]
        parts += ["## Examples", _bullets(links)]
    return "\n\n".join((*parts, "<!-- postmortems:evidence -->")) + "\n"


def pattern_page(
    pattern: words.PatternWords, signals: Sequence[str], guidance: Guidance, examples: Sequence[Incident]
) -> str:
    """The whole of a pattern's page in words of its own."""
    head = f"---\ntitle: {pattern.title}\nfamily: {pattern.family}\nsignals: {_flow(signals)}\n---"
    parts = [head, guidance.lede]
    for heading, sentence in zip(words.GUIDANCE, guidance[1:], strict=True):
        parts += [f"## {heading}", sentence]
    if examples:
        links = [f"[{one.title}](../postmortems/{one.id}/postmortem.md)" for one in examples]
        parts += ["## Examples", _bullets(links)]
    return "\n\n".join((*parts, "<!-- postmortems:evidence -->")) + "\n"


def draw_moments(random: Random, incident: Incident) -> list[Moment]:
    """The 8 to 14 events of an incident, in order, with one at each moment that is known."""
    say = incident.say
    fixed: list[tuple[datetime | None, tuple[str, str]]] = [
        (incident.started_at, (random.choice(words.STARTED), "")),
        (incident.detected_at, words.DETECTED[incident.detected_by]),
        (incident.mitigated_at, random.choice(words.MITIGATED)),
        (incident.resolved_at if incident.is_end_known else None, random.choice(words.RESOLVED)),
    ]
    moments = [(at, event, action) for at, (event, action) in fixed if at is not None]
    # Nobody looks before something was noticed.
    begin = incident.detected_at or incident.begin
    length = int((incident.resolved_at - begin).total_seconds() // 60)
    between = random.sample(words.EVENTS, random.randint(8, 14) - len(moments))
    minutes = sorted(random.randint(0, length) for _ in between)
    moments += [
        (begin + timedelta(minutes=minute), event, action)
        for minute, (event, action) in zip(minutes, between, strict=True)
    ]
    return [
        (at, say(event), say(action) if action else "") for at, event, action in sorted(moments, key=lambda m: m[0])
    ]


def timeline_blocks(shape: str, moments: Sequence[Moment]) -> list[str]:
    """The blocks of a Timeline section, in one of the shapes that authors use."""
    if shape == "json":
        return [
            "The events stand in `timeline.json` beside this file, as the incident tool exported them. All times are "
            "in UTC. The log of the chat room is the source; what was decided by telephone was added from notes."
        ]
    stamps = _stamps([at for at, _, _ in moments])
    if shape == "table":
        rows = [f"| {at} | {event} | {action} |" for at, (_, event, action) in zip(stamps, moments, strict=True)]
        return ["\n".join(("| Time (UTC) | Event | Action taken |", "|---|---|---|", *rows))]
    lines = [
        (at, event + (f". {action}" if action else "")) for at, (_, event, action) in zip(stamps, moments, strict=True)
    ]
    if shape == "bullets":
        return [_bullets(f"**{at} UTC** - {text}" for at, text in lines)]
    if shape == "headings":
        return [f"### {at} UTC - {text}" for at, text in lines]
    return ["All times are in UTC.", *(f"{at} - {text}" for at, text in lines)]


def timeline_json(moments: Sequence[Moment]) -> str:
    """The events as `timeline.json`."""
    events = [
        {"at": f"{at:%Y-%m-%dT%H:%M:%SZ}", "event": event} | ({"action": action} if action else {})
        for at, event, action in moments
    ]
    return json.dumps(events, indent=2, ensure_ascii=False) + "\n"


def _stamps(times: Iterable[datetime]) -> list[str]:
    """Times as authors write them: the day once, until it changes."""
    stamps: list[str] = []
    day = None
    for at in times:
        stamps.append(f"{at:%H:%M}" if at.date() == day else f"{at:%Y-%m-%d %H:%M}")
        day = at.date()
    return stamps


def _front_matter(incident: Incident) -> str:
    lines = [
        f"title: {json.dumps(incident.title, ensure_ascii=False)}",
        f"status: {incident.status}",
        f"severity: {incident.severity}",
        f"kind: {incident.kind}",
        f"services: {_flow(incident.services)}",
        f"owner: {incident.owner}",
        f"authors: {_flow(incident.authors)}",
        *_times(incident),
        f"root_cause: {incident.cause.label}",
        f"trigger: {incident.words['trigger']}",
        "patterns:" if incident.roles else "patterns: []",
        *(
            f"  - {{pattern: {pattern}, role: {role}}}" if role else f"  - {pattern}"
            for pattern, role in incident.roles
        ),
        *([f"repeat_of: {incident.repeat_of.id}"] if incident.repeat_of else []),
        *no_repeats(incident, incident.no_repeats_of),
        *([f"published_on: {incident.published_on}"] if incident.published_on else []),
    ]
    return "\n".join(("---", *lines, "---"))


def _times(incident: Incident) -> list[str]:
    if incident.is_short:
        return [f"date: {incident.day}"]
    return [
        *(f"{key}: {_moment(getattr(incident, key))}" for key in ("started_at", "detected_at")),
        f"mitigated_at: {_moment(incident.mitigated_at)}",
        f"resolved_at: {_moment(incident.resolved_at if incident.is_end_known else None)}",
        *([f"date: {incident.day}"] if incident.started_at is None else []),
        f"detected_by: {incident.detected_by}",
    ]


def no_repeats(incident: Incident, others: Sequence[Incident]) -> list[str]:
    """The lines that say which earlier incidents one does not repeat, and why not."""
    entries = [f"  - {{id: {one.id}, reason: {_difference(incident, one)}}}" for one in others]
    return ["not_repeat_of:", *entries] if entries else []


def _difference(incident: Incident, earlier: Incident) -> str:
    """Why an incident is no repeat of an earlier one, as a value that YAML takes for text."""
    if earlier.cause.label != incident.cause.label:
        return f"that was {earlier.cause.label}"
    return json.dumps(DIFFERENT[incident.number % len(DIFFERENT)])


def _moment(at: datetime | None) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}" if at else "unknown"


def _action_blocks(random: Random, incident: Incident) -> list[str]:
    """Five to nine items below two or three horizons; where no alert came first, one that improves detection."""
    chosen = random.sample(words.ACTIONS, random.randint(5, 9))
    if incident.detected_by != "alert" and not any(kind == "detect" for kind, _ in chosen):
        chosen[0] = next(action for action in words.ACTIONS if action[0] == "detect")
    horizons = _HORIZONS[: random.choice((2, 3, 3))]
    blocks: list[str] = []
    for index, (heading, days) in enumerate(horizons):
        items = chosen[index :: len(horizons)]
        form = _action_row if incident.has_table else _action
        head = ["| Action | Owner | Due | State | Kind |", "|---|---|---|---|---|"] if incident.has_table else []
        rows = [form(random, incident, kind, text, days) for kind, text in items]
        blocks += [f"### {heading}", "\n".join((*head, *rows))]
    return blocks


def _action(random: Random, incident: Incident, kind: str, text: str, days: int) -> str:
    end = incident.resolved_at.date()
    due = end + timedelta(days=random.randint(max(2, days // 2), days))
    done = min(incident.looked_at, end + timedelta(days=random.randint(1, days + 20)))
    pieces = [f"due: {due}"] if random.random() < 0.6 else []
    pieces.append(f"kind: {kind}")
    if random.random() < 0.3:
        pieces.append(f"ticket: OPS-{random.randint(100, 9_999)}")
    late = (incident.looked_at - due).days
    # What is not done within half a year is done or dropped later, save for a few.
    weights = (80, 5, 8, 7) if late > 180 else (58, 28, 6, 8) if late > 0 else (25, 68, 2, 5)
    state = random.choices(("done", "open", "dropped", "unknown"), weights)[0]
    if state == "dropped" and kind == "detect":
        state = "done"  # It may be the only one after people noticed first.
    if state == "done":
        pieces.append(f"done: {done}")
    elif state == "dropped":
        pieces.append(f"wont-do: {random.choice(words.DROPPED)}")
    elif state == "unknown":
        pieces.append("state: unknown")
    owner = incident.owner if random.random() < 0.7 else random.choice(incident.authors)
    box = "x" if state == "done" else " "
    return f"- [{box}] [{owner}] {incident.say(text)} ({', '.join(pieces)})"


def _went_well(random: Random, incident: Incident) -> list[str]:
    """What helped; of a near miss what saved it."""
    if incident.kind != "near-miss":
        return _draw(random, incident, words.WELL, 1, 2)
    return [*_draw(random, incident, SAVED, 1, 1), *([NONE_SAVED] if random.random() < 0.3 else [])]


def _learned(incident: Incident) -> list[str]:
    """The optional sections."""
    random = Random(incident.id)
    return [
        part
        for name in incident.learned
        for part in (f"## {name}", _bullets(_draw(random, incident, LEARNED[name], 1, 2)))
    ]


def _section(parts: Sequence[str], heading: str) -> list[str]:
    """The parts from a heading to the next one of its level or above; what went well is what saved a near miss."""
    level = heading.partition(" ")[0]
    begin = parts.index(heading)
    end = next((n for n, part in enumerate(parts) if n > begin and part.startswith(("## ", f"{level} "))), len(parts))
    return [heading.replace("### What Went Well", "## What Saved Us"), *parts[begin + 1 : end]]


def _action_row(random: Random, incident: Incident, kind: str, text: str, days: int) -> str:
    """An action item as a row of a table, as trackers export them."""
    due = incident.resolved_at.date() + timedelta(days=random.randint(max(2, days // 2), days))
    weights = (80, 12, 8) if due < incident.looked_at else (25, 70, 5)
    state = random.choices(("Done", "Open", "Unknown"), weights)[0]
    given = str(due) if random.random() < 0.7 and state != "Unknown" else ""
    return f"| {incident.say(text)} | {incident.owner} | {given} | {state} | {kind} |"


def _lessons(random: Random, incident: Incident) -> list[str]:
    lessons = _draw(random, incident, words.LESSONS, 1, 2)
    if other := incident.earlier:
        lessons.append(f"Compare [{other.title}](../../{other.id}/postmortem.md), which went another way.")
    return lessons


def _draw(random: Random, incident: Incident, sentences: Sequence[str], least: int, most: int) -> list[str]:
    say: Callable[[str], str] = incident.say
    return [say(sentence) for sentence in random.sample(sentences, random.randint(least, most))]


def _bullets(lines: Iterable[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _flow(values: Iterable[str]) -> str:
    return f"[{', '.join(values)}]"

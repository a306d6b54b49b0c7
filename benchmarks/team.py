"""A whole repository of a made-up team: the same for the same seed and day, and sound by every rule.

Every change of the site is looked at in it beside our own collection of public incidents, which is a sample: this one
is complete, so that frequency, recurrence, completion and closure have figures. It holds what real ones hold: drafts,
drills, near misses, repeats, overdue items, lists whose state is not known, timelines in all forms.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from random import Random

from benchmarks import team_words as team
from benchmarks import vocabulary as words
from benchmarks.incident import REPEAT_WINDOW, Incident
from benchmarks.learned_words import LEARNED
from benchmarks.prose import draw_moments, no_repeats, pattern_page, postmortem_text, timeline_json
from postmortems.analyse.recurrence import recurrences
from postmortems.analyse.related import RelatedIndex
from postmortems.read.corpus import read_corpus
from postmortems.settings import Settings

SHORTEST, LONGEST = timedelta(minutes=3), timedelta(days=6)
_YEAR = 365
_LATEST = timedelta(days=8)
"""How long before the day on which the history ends the latest incident begins: the longest is over by then."""
_MKDOCS = Path(__file__).with_name("team_mkdocs.yml")
_HOME = """\
---
title: Have we seen this before?
---

A made-up company and its incidents, written by a program to look at every page with.
"""
_ROLES = {"monitoring-failures": "detection", "alert-noise": "detection", "retry-storms": "contributing"}
"""What some patterns usually do in an incident; the others set it off."""


def generate_team(
    folder: Path, count: int, *, years: int = 3, seed: int = 1, today: date, with_register: bool = True
) -> None:
    """Write the repository into `folder`, which is made; what stands in it already is overwritten where names agree."""
    random = Random(seed)
    incidents = [*_draw_team(random, count, years, today)]
    docs = folder / "docs"
    for incident in incidents:
        home = docs / "postmortems" / incident.id
        home.mkdir(parents=True, exist_ok=True)
        moments = draw_moments(random, incident)
        (home / "postmortem.md").write_text(postmortem_text(random, incident, moments), "utf-8")
        if incident.shape == "json":
            (home / "timeline.json").write_text(timeline_json(moments), "utf-8")
    _answer(random, incidents, docs)
    (docs / "patterns").mkdir(parents=True, exist_ok=True)
    for pattern in words.PATTERNS:
        members = [one for one in incidents if any(pattern.id == name for name, _ in one.roles)]
        signals = [cause.label for cause in words.CAUSES if cause.pattern == pattern.id]
        page = pattern_page(pattern, signals, team.PATTERNS[pattern.id], members[-3:])
        (docs / "patterns" / f"{pattern.id}.md").write_text(page, "utf-8")
    (docs / "index.md").write_text(_HOME, "utf-8")
    (folder / "services.yml").write_text(_catalogue(), "utf-8")
    (folder / "mkdocs.yml").write_text(_MKDOCS.read_text("utf-8"), "utf-8")
    if with_register:
        (docs / "postmortems/register.yml").write_text(_register(random, incidents, today), "utf-8")


def _draw_team(random: Random, count: int, years: int, today: date) -> Iterator[Incident]:
    """The incidents in the order of their days: fewer than even in quiet months, and one bad month."""
    numbers: Counter[int] = Counter()
    taken: set[tuple[str, str]] = set()
    drawn: list[Incident] = []
    for day in _days(random, count, years, today):
        numbers[day.year] += 1
        incident = _draw(random, day, numbers[day.year], today, taken, drawn)
        taken |= {(incident.headline, incident.services[0]), (incident.title, "")}
        drawn.append(incident)
        yield incident


def _answer(random: Random, incidents: Sequence[Incident], docs: Path) -> None:
    """Say in most postmortems that seem to repeat others that they do not, as their authors would when asked.

    Made-up texts are put together from few sentences, so that more of them look alike than real ones would.
    """
    corpus, settings = read_corpus(docs, Settings()), Settings()
    found = recurrences(corpus, RelatedIndex(corpus.postmortems), settings.repeat_window)
    by_id = {one.id: one for one in incidents}
    for one in corpus.postmortems:
        recurrence = found.get(one.path)
        if recurrence and recurrence.suspected and random.random() < 0.9:
            alike = [by_id[suspicion.earlier.id] for suspicion in recurrence.suspected]
            path = docs / one.path
            head, rest = path.read_text("utf-8").split("\n---\n", 1)
            path.write_text("\n".join((head, *no_repeats(by_id[one.id], alike), "---", rest)), "utf-8")


def _days(random: Random, count: int, years: int, today: date) -> list[date]:
    first = today - timedelta(days=years * _YEAR)
    bad = first + timedelta(days=int(years * _YEAR * 0.55))
    found = []
    for _ in range(count):
        lot = random.random()
        if lot < 0.05:
            day = bad + timedelta(days=random.randrange(30))
        elif lot < 0.11:
            day = today - timedelta(days=random.randrange(60))
        else:
            # Less of it in the last third: what was learnt has begun to help.
            day = first + timedelta(days=int(years * _YEAR * random.betavariate(1.1, 1.35)))
        found.append(min(day, today - _LATEST))
    return sorted(found)


def _draw(
    random: Random, day: date, number: int, today: date, taken: set[tuple[str, str]], drawn: Sequence[Incident]
) -> Incident:
    service = random.choices(team.SERVICES, [one.weight for one in team.SERVICES])[0]
    cause = _cause(random, service.name)
    severity = random.choices(("SEV1", "SEV2", "SEV3", "SEV4"), (7, 22, 48, 23))[0]
    kind = random.choices(("incident", "near-miss", "drill"), (91, 5, 4))[0]
    people = next(one.people for one in team.TEAMS if one.name == service.owner)
    others = [one.name for one in team.SERVICES if one.name != service.name]
    filled = _fillings(random, service.name)
    hour = random.choices(range(24), [1] * 6 + [3] * 4 + [5] * 8 + [3] * 4 + [1] * 2)[0]
    started = datetime.combine(day, time(hour, random.randrange(60)), UTC)
    by = random.choices(("alert", "customer", "staff", "third-party"), service.noticed_by)[0]
    has_seconds = random.random() < 0.3
    detected = started + _length(random, (2.5 if by == "alert" else 16) * service.notice, 1.1, seconds=has_seconds)
    stretch = service.last * (1.4 if cause.pattern == "database-issues" else 1.0) * (0.4 if kind != "incident" else 1)
    lot = random.random()
    slow = random.choice((12.0, 30.0, 90.0)) if lot < 0.08 else 0.02 if lot > 0.95 else 1.0
    if slow < 1:  # over almost as soon as it was noticed
        detected = started + timedelta(seconds=random.randrange(20, 150))
    mitigated = detected + _length(random, 28 * stretch * slow, 1.0)
    resolved = mitigated + _length(random, 45 * stretch * slow, 1.3)
    shortest, longest = started + SHORTEST, started + LONGEST
    resolved = min(max(resolved, shortest), longest)
    mitigated, detected = min(mitigated, resolved), min(detected, resolved)
    age = (today - day).days
    status = "published"
    if age < 45:
        status = random.choices(("published", "in-review", "draft"), (25, 35, 40))[0]
    elif random.random() < 0.02:
        status = "in-review"
    unknown = random.random() if kind == "incident" else 1.0
    published = resolved.date() + timedelta(days=random.choice((2, 3, 4, 5, 6, 8, 9, 11, 12, 13, 13, 19, 27)))
    if published > today:
        status = "in-review" if status == "published" else status
    incident = Incident(
        number=number,
        day=day,
        severity=severity,
        status=status,
        kind=kind,
        services=(service.name, *random.sample(others, random.choice((0, 0, 0, 1, 1, 2)))),
        owner=service.owner,
        authors=tuple(random.sample(people, random.choice((1, 1, 2)))),
        cause=cause,
        roles=_roles(random, cause.pattern),
        detected_by=by,
        started_at=None if unknown < 0.02 else started,
        detected_at=None if 0.02 <= unknown < 0.06 else detected,
        mitigated_at=mitigated,
        resolved_at=resolved,
        is_end_known=not 0.06 <= unknown < 0.11,
        published_on=published if status == "published" else None,
        words=filled | {"minutes": str(max(1, int((mitigated - started).total_seconds() // 60)))},
        shape=random.choices(("table", "bullets", "json", "headings", "lines"), (52, 24, 8, 6, 10))[0],
        looked_at=today,
        has_table=random.random() < 0.15,
        is_short=kind == "near-miss" and number % 2 == 0,
        learned=_learned(day, number),
        earlier=random.choice(drawn) if drawn and random.random() < 0.3 else None,
    )
    named = replace(incident, headline=_headline(random, incident, taken))
    return replace(named, repeat_of=_repeated(random, named, drawn))


def _learned(day: date, number: int) -> tuple[str, ...]:
    """The optional sections that its authors write, which are no part of the draw, so that all else stays the same."""
    random = Random(f"{day} {number}")
    return tuple(name for name in LEARNED if random.random() < 0.06)


def _cause(random: Random, service: str) -> words.Cause:
    """Each service has causes that it fails for more often."""
    own = Random(service).sample(words.CAUSES, 6)
    return random.choice(own if random.random() < 0.3 else words.CAUSES)


def _headline(random: Random, incident: Incident, taken: set[tuple[str, str]]) -> str:
    """A headline of the cause that no other incident of the service has, with an occasion where all are taken."""
    variants = random.sample(team.HEADLINES[incident.cause.label], 3)
    occasions = random.sample(team.OCCASIONS, len(team.OCCASIONS))
    candidates = [*variants, *(f"{variant} {occasion}" for occasion in occasions for variant in variants)]
    found = next(
        (one for one in candidates if taken.isdisjoint({(one, incident.services[0]), (incident.say(one), "")})), None
    )
    return found or f"{variants[0]}, no. {incident.number} of {incident.day.year}"


def _repeated(random: Random, incident: Incident, drawn: Sequence[Incident]) -> Incident | None:
    """The latest incident of half a year with the same owner and cause, as most authors would say."""
    for one in reversed(drawn):
        if one.day < incident.day - REPEAT_WINDOW:
            return None
        if (one.owner, one.cause.label, one.kind) == (incident.owner, incident.cause.label, "incident"):
            return one if one.day < incident.day and incident.kind == "incident" and random.random() < 0.7 else None
    return None


def _roles(random: Random, leading: str) -> tuple[tuple[str, str], ...]:
    first = (leading, _ROLES.get(leading, "trigger" if random.random() < 0.75 else ""))
    further = [one.id for one in words.PATTERNS if one.id != leading]
    chosen = random.sample(further, random.choice((0, 0, 1, 1, 2)))
    roles = [_ROLES.get(name, random.choice(("contributing", "detection", "mitigation", ""))) for name in chosen]
    return first, *zip(chosen, roles, strict=True)


def _length(random: Random, usual: float, spread: float, *, seconds: bool = False) -> timedelta:
    """A length with a long tail around so many minutes, in whole minutes unless the clock has seconds."""
    minutes = random.lognormvariate(0, spread) * usual
    return timedelta(seconds=max(20, round(minutes * 60))) if seconds else timedelta(minutes=max(1, round(minutes)))


def _fillings(random: Random, service: str) -> dict[str, str]:
    return {
        "service": service,
        "store": random.choice(words.STORES),
        "dependency": random.choice(words.DEPENDENCIES),
        "trigger": random.choice(team.TRIGGERS),
        "metric": f"{service}.{random.choice(('errors', 'waiting', 'age_of_oldest', 'connections'))}",
        "percent": str(random.randint(4, 92)),
        "limit": str(random.choice((20, 40, 64, 100, 128, 200, 250, 400, 500, 800))),
        "factor": str(random.randint(3, 14)),
        "span": str(random.randint(4, 55)),
    }


def _catalogue() -> str:
    entries = (f"- name: {one.name}\n  owner: {one.owner}\n  description: {one.description}" for one in team.SERVICES)
    return "# The services of the company, as its own list names them.\n" + "\n".join(entries) + "\n"


def _register(random: Random, incidents: Sequence[Incident], today: date) -> str:
    """Every incident that needs a postmortem, and some that have none: waived ones, and late ones."""
    entries: list[tuple[datetime, list[str]]] = []
    for number, one in enumerate((one for one in incidents if one.kind == "incident"), 101):
        lines = [
            f"- id: INC-{number}",
            f"  severity: {one.severity}",
            f"  resolved_at: {f'{one.resolved_at:%Y-%m-%dT%H:%M:%SZ}' if one.is_end_known else 'unknown'}",
            f"  postmortem: {one.id}",
        ]
        entries.append((one.resolved_at, lines))
    first = max(900, 101 + len(entries))
    for number in range(len(entries) // 12):
        end = datetime.combine(today, time(9), UTC) - timedelta(days=random.randrange(5, 2 * _YEAR), minutes=number)
        service = random.choice(team.SERVICES).name
        lines = [f"- id: INC-{first + number}", f"  severity: {random.choice(('SEV2', 'SEV3', 'SEV3', 'SEV4'))}"]
        lines += [f"  resolved_at: {end:%Y-%m-%dT%H:%M:%SZ}", f"  title: {service} unreachable for a carrier"]
        if number % 3:
            lines.append("  waived: the carrier's outage alone; their report is linked in the ticket")
        entries.append((end, lines))
    entries.sort(key=lambda one: one[0])
    return "\n".join("\n".join(lines) + "\n" for _, lines in entries)

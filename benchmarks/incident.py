"""The facts of made-up incidents, before any of them is written down."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import product
from random import Random

from benchmarks import vocabulary as words
from postmortems.text.slug import slug

FIRST_DAY = date(2015, 1, 5)
DAYS = 3_640
LAST_DAY = FIRST_DAY + timedelta(days=DAYS + 30)
"""The day on which the knowledge base is looked at: no made-up moment and no publication is later."""

_LONGEST = 50

REPEAT_WINDOW = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Incident:
    """What happened. A moment that is None is unknown, and so is the resolution where `is_end_known` is False.

    `headline` is the title before it is filled in; empty is that of the cause. `looked_at` is the day on which the
    knowledge base is looked at: no action item is done later; `has_table` is where they stand in tables. `is_short`
    is the short form of a near miss, `learned` are its optional sections. `words` fill the sentences of the
    vocabulary; `earlier` is another incident that the text links to. `repeat_of` is the one before with the same
    owner and root cause, and so with the same story; `no_repeats_of` are those of half a year with the same owner,
    a service and a pattern in common, and another root cause, the latest of each cause.
    """

    number: int
    day: date
    severity: str
    status: str
    kind: str
    services: tuple[str, ...]
    owner: str
    authors: tuple[str, ...]
    cause: words.Cause
    roles: tuple[tuple[str, str], ...]
    detected_by: str
    started_at: datetime | None
    detected_at: datetime | None
    mitigated_at: datetime
    resolved_at: datetime
    published_on: date | None
    words: dict[str, str]
    shape: str
    earlier: Incident | None = None
    repeat_of: Incident | None = None
    no_repeats_of: tuple[Incident, ...] = ()
    is_end_known: bool = True
    headline: str = ""
    looked_at: date = LAST_DAY
    has_table: bool = False
    is_short: bool = False
    learned: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The headline, filled in."""
        return self.say(self.headline or self.cause.headline)

    @property
    def _said(self) -> str:
        return (self.headline or self.cause.headline).format_map(self.words)

    @property
    def id(self) -> str:
        """Its folder below `postmortems/`."""
        whole = slug(self._said)
        name = whole if len(whole) <= _LONGEST else whole[:_LONGEST].rpartition("-")[0]
        return f"{self.day.year}/{self.number:02d}-{name}"

    @property
    def begin(self) -> datetime:
        """Where its timeline begins."""
        return self.started_at or self.detected_at or self.mitigated_at

    def say(self, sentence: str) -> str:
        """A sentence of the vocabulary about this incident; a service keeps its small letter."""
        said = sentence.format_map(self.words)
        return said if sentence.startswith("{service}") else said[0].upper() + said[1:]


def service_names(count: int) -> tuple[str, ...]:
    """`count` names of services, all different."""
    names = [f"{domain}-{part}" for part, domain in product(words.PARTS, words.DOMAINS)]
    more = (f"{names[index % len(names)]}-{index // len(names) + 1}" for index in range(len(names), count))
    return (*names[:count], *more)


def pattern_words(count: int) -> tuple[words.PatternWords, ...]:
    """`count` patterns, those of the vocabulary first."""
    more = (
        words.PatternWords(f"further-pattern-{number}", f"Further pattern {number}", "dependency")
        for number in range(len(words.PATTERNS) + 1, count + 1)
    )
    return (*words.PATTERNS[:count], *more)


def draw_incidents(random: Random, count: int, patterns: Sequence[str], services: Sequence[str]) -> Iterator[Incident]:
    """`count` incidents in the order of their days, spread over ten years."""
    numbers: Counter[int] = Counter()
    latest: dict[tuple[str, str], Incident] = {}
    recent: dict[str, deque[Incident]] = defaultdict(deque)
    drawn: list[Incident] = []
    for index in range(count):
        day = FIRST_DAY + timedelta(days=index * DAYS // count)
        numbers[day.year] += 1
        incident = _draw(random, day, numbers[day.year], patterns, services, latest, drawn)
        incident = replace(incident, no_repeats_of=_no_repeats(incident, recent[incident.owner]))
        latest[incident.owner, incident.cause.label] = incident
        recent[incident.owner].append(incident)
        drawn.append(incident)
        yield incident


def _draw(
    random: Random,
    day: date,
    number: int,
    patterns: Sequence[str],
    services: Sequence[str],
    latest: dict[tuple[str, str], Incident],
    drawn: Sequence[Incident],
) -> Incident:
    severity = random.choices(("SEV1", "SEV2", "SEV3", "SEV4"), (4, 17, 48, 31))[0]
    affected = tuple(random.sample(services, min(len(services), random.choice((1, 1, 1, 2, 2, 3)))))
    owner = f"{affected[0].partition('-')[0]}-team" if affected else "platform-team"
    cause = random.choice(words.CAUSES)
    started = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=random.randrange(24 * 60))
    detected = started + _some_minutes(random, 9)
    mitigated = detected + _some_minutes(random, 45)
    resolved = mitigated + _some_minutes(random, 70)
    status = random.choices(("published", "in-review", "draft"), (92, 4, 4))[0]
    unknown = random.random()
    before = latest.get((owner, cause.label))
    if before and before.day == day:
        before = None  # of two on one day nobody knows here which was first
    return Incident(
        number=number,
        day=day,
        severity=severity,
        status=status,
        kind=random.choices(("incident", "near-miss", "drill"), (94, 3, 3))[0],
        services=affected,
        owner=owner,
        authors=tuple(random.sample(words.AUTHORS, random.choice((1, 1, 2)))),
        cause=cause,
        roles=_roles(random, cause.pattern, patterns),
        detected_by=random.choices(("alert", "customer", "staff", "third-party"), (62, 20, 14, 4))[0],
        started_at=None if unknown < 0.02 else started,
        detected_at=None if 0.02 <= unknown < 0.05 else detected,
        mitigated_at=mitigated,
        resolved_at=resolved,
        published_on=resolved.date() + timedelta(days=random.randint(2, 18)) if status == "published" else None,
        words=_fillings(random, affected, int((mitigated - started).total_seconds() // 60)),
        shape=random.choices(("table", "bullets", "json", "headings", "lines"), (69, 20, 5, 3, 3))[0],
        earlier=random.choice(drawn) if drawn and random.random() < 0.35 else None,
        repeat_of=before,
    )


def _no_repeats(incident: Incident, recent: deque[Incident]) -> tuple[Incident, ...]:
    """What an incident resembles without repeating it, among the `recent` ones of its owner, which lose the old."""
    while recent and recent[0].day < incident.day - REPEAT_WINDOW:
        recent.popleft()
    services, patterns = set(incident.services), {pattern for pattern, _ in incident.roles}
    alike = {
        other.cause.label: other
        for other in recent
        if other.day < incident.day
        and services.intersection(other.services)
        and any(pattern in patterns for pattern, _ in other.roles)
    }
    alike.pop(incident.cause.label, None)
    return tuple(alike.values())


def _some_minutes(random: Random, usual: int) -> timedelta:
    """A duration with a long tail, never zero and never more than two days."""
    return timedelta(minutes=max(1, min(round(random.lognormvariate(0, 1.1) * usual), 2 * 24 * 60)))


def _roles(random: Random, leading: str, patterns: Sequence[str]) -> tuple[tuple[str, str], ...]:
    if not patterns:
        return ()
    first = leading if leading in patterns else patterns[0]
    further = [pattern for pattern in patterns if pattern != first]
    chosen = random.sample(further, min(len(further), random.choice((0, 1, 1, 2))))
    return (first, "trigger"), *((pattern, random.choice(("contributing", "detection"))) for pattern in chosen)


def _fillings(random: Random, services: Sequence[str], minutes: int) -> dict[str, str]:
    service = services[0] if services else "the platform"
    return {
        "service": service,
        "store": random.choice(words.STORES),
        "dependency": random.choice(words.DEPENDENCIES),
        "trigger": random.choice(words.TRIGGERS),
        "metric": f"{service}.{random.choice(('errors', 'waiting', 'age_of_oldest', 'connections'))}",
        "minutes": str(minutes),
        "percent": str(random.randint(4, 92)),
        "limit": str(random.choice((20, 40, 64, 100, 128, 200, 250, 400, 500, 800))),
        "factor": str(random.randint(3, 14)),
        "span": str(random.randint(4, 55)),
    }

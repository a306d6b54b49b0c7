"""A second count of the figures, plain and slow, from the files as their authors wrote them.

It imports nothing of what it is held against: front matter is read as plain YAML, action items by a pattern for their
lines, and each figure comes from numpy and scipy, or from its definition.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import yaml
from scipy import stats

CLOCKS = {
    "time to detect": ("started_at", "detected_at"),
    "time to mitigate": ("started_at", "mitigated_at"),
    "time to recover": ("started_at", "resolved_at"),
    "response time": ("detected_at", "resolved_at"),
}
TARGETS = {"SEV1": 300, "SEV2": 900, "SEV3": 3600}
HORIZONS = {"immediate": 7, "short-term": 30, "long-term": 90}

Matter = dict[str, Any]


@dataclass(frozen=True)
class Action:
    """One action item: its state in a word, its owner, kind and due date, given or by its heading's horizon."""

    state: str
    owner: str
    kind: str
    given: date | None
    horizon: date | None

    @property
    def due(self) -> date | None:
        return self.given or (None if self.state == "unknown" else self.horizon)

    def is_overdue(self, today: date) -> bool:
        return self.state == "open" and self.due is not None and self.due < today


@dataclass(frozen=True)
class Document:
    """One postmortem: its id, front matter with all values as text, and action items."""

    id: str
    matter: Matter
    actions: tuple[Action, ...]

    @property
    def kind(self) -> str:
        return str(self.matter.get("kind", "incident"))

    def at(self, key: str) -> datetime | None:
        written = self.matter.get(key, "unknown")
        return None if written == "unknown" else datetime.fromisoformat(written).astimezone(UTC)

    @property
    def day(self) -> date:
        start = self.at("started_at")
        return start.date() if start else date.fromisoformat(self.matter["date"])

    def seconds(self, clock: str) -> float | None:
        """One length; None where a moment is unknown."""
        begin, end = (self.at(key) for key in CLOCKS[clock])
        return (end - begin).total_seconds() if begin and end and end >= begin else None

    def at_least(self, clock: str) -> float | None:
        """How long it took at least, where nothing but the resolution is unknown: until it was mitigated."""
        begin, end = CLOCKS[clock]
        if end != "resolved_at" or self.at(end):
            return None
        first, mitigated = self.at(begin), self.at("mitigated_at")
        return (mitigated - first).total_seconds() if first and mitigated and mitigated >= first else None

    @property
    def target(self) -> float | None:
        own = self.matter.get("detection_target")
        return int(own.removesuffix("m")) * 60 if own else TARGETS.get(self.matter.get("severity", ""))

    @property
    def is_late(self) -> bool | None:
        took = self.seconds("time to detect")
        return None if took is None or self.target is None else took > self.target

    def names(self, key: str) -> list[str]:
        """The values of a list, or of one label, those that are unknown left out."""
        value = self.matter.get(key, [])
        several = [value] if isinstance(value, str) else [str(one) for one in value]
        return [one for one in several if one and one.lower() != "unknown"]

    @property
    def patterns(self) -> dict[str, str | None]:
        """The role of each pattern, of one that is named twice the first."""
        found: dict[str, str | None] = {}
        for one in self.matter.get("patterns", []):
            name, role = (one["pattern"], one.get("role")) if isinstance(one, dict) else (one, None)
            found.setdefault(name, role)
        return found


def documents(docs: Path) -> list[Document]:
    """All postmortems below a docs folder, oldest first."""
    found = []
    for path in docs.glob("postmortems/*/*/postmortem.md"):
        _, front, body = path.read_text("utf-8").split("---\n", 2)
        matter = yaml.load(front, yaml.BaseLoader)
        one = Document(path.parent.relative_to(docs / "postmortems").as_posix(), matter, ())
        found.append(Document(one.id, matter, tuple(_actions(body, one))))
    return sorted(found, key=lambda one: (one.day, one.at("started_at") or datetime.min.replace(tzinfo=UTC), one.id))


def _actions(body: str, of: Document) -> Iterable[Action]:
    section = re.split(r"^## ", body.partition("\n## Action Items\n")[2], flags=re.MULTILINE)[0]
    published = of.matter.get("published_on", "unknown") if of.matter["status"] == "published" else "unknown"
    begin = None if published == "unknown" else date.fromisoformat(published)
    days: int | None = None
    for line in section.splitlines():
        if heading := re.match(r"### (Immediate|Short-term|Long-term)", line):
            days = HORIZONS[heading[1].lower()]
        item = re.match(r"- \[([ x])\] (?:\[([^]]+)\] )?(.*)$", line)
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        horizon = begin + timedelta(days=days) if begin and days is not None else None
        if item:
            facts = dict(re.findall(r"\b(due|done|kind|state|wont-do): ([^,)]+)", item[3]))
            state = "dropped" if "wont-do" in facts else facts.get("state") or ("done" if item[1] == "x" else "open")
            given = date.fromisoformat(facts["due"]) if "due" in facts else None
            yield Action(state, item[2] or "", facts.get("kind", ""), given, horizon)
        elif len(cells) == 5 and cells[0] != "Action" and not set(cells[0]) <= {"-", ":"}:
            _, owner, due, state, kind = cells
            given = date.fromisoformat(due) if due else None
            yield Action(state.lower(), owner, kind, given, horizon)


def incidents(of: Iterable[Document]) -> list[Document]:
    """Those that figures count."""
    return [one for one in of if one.kind == "incident"]


def lengths(of: Sequence[Document], clock: str) -> tuple[list[float], list[float], int]:
    """The known lengths and the least lengths, each in order, and how many have neither."""
    known = sorted(value for one in of if (value := one.seconds(clock)) is not None)
    least = sorted(value for one in of if (value := one.at_least(clock)) is not None)
    return known, least, len(of) - len(known) - len(least)


def product_limit(known: Sequence[float], least: Sequence[float], share: float) -> float | None:
    """The quantile of Kaplan and Meier, step by step in whole fractions."""
    survival, aim = Fraction(1), 1 - Fraction(share).limit_denominator(100)
    steps = sorted(set(known))
    for place, value in enumerate(steps):
        at_risk = sum(one >= value for one in (*known, *least))
        survival *= 1 - Fraction(known.count(value), at_risk)
        if survival == aim and place + 1 < len(steps):
            return (value + steps[place + 1]) / 2
        if survival <= aim:
            return value
    return None


def middle(known: Sequence[float], least: Sequence[float]) -> float | None:
    """The median, from three known values on."""
    if len(known) < 3:
        return None
    return product_limit(known, least, 0.5) if least else median(known)


def quantile(known: Sequence[float], least: Sequence[float], share: float) -> float | None:
    """A quantile: of known lengths by linear interpolation, else by the estimate."""
    return product_limit(known, least, share) if least else float(np.quantile(known, share))


def bounds(known: Sequence[float], least: Sequence[float]) -> tuple[float | None, float | None]:
    """The interval of the median between two order statistics; a least length is itself below, and endless above."""
    total = len(known) + len(least)
    if total < 6 or len(known) < 3:
        return None, None
    # The largest k with P(B < k) ≤ 2.5 % for B of the binomial distribution with a half.
    k = max(rank for rank in range(1, total) if stats.binom.cdf(rank - 1, total, 0.5) <= 0.025)
    return sorted((*known, *least))[k - 1], known[total - k] if total - k < len(known) else None


def wilson(successes: int, of: int) -> tuple[float, float] | None:
    """The 95 % score interval of a share, from six on."""
    if of < 6:
        return None
    found = stats.binomtest(successes, of).proportion_ci(0.95, "wilson")
    return float(found.low), float(found.high)


def poisson(count: int) -> tuple[float, float]:
    """Garwood's interval of an expected number."""
    low = stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0.0
    return float(low), float(stats.chi2.ppf(0.975, 2 * count + 2) / 2)


def closure(actions: Iterable[Action], today: date, *, of: Iterable[Action] = ()) -> dict[str, Any]:
    """Done ÷ (done + open and due), and nothing where no more are counted than are unknown, here or in all `of`."""
    whole = list(of)
    listed = list(actions)
    states = {state: sum(one.state == state for one in listed) for state in ("done", "open", "dropped", "unknown")}
    overdue = sum(one.is_overdue(today) for one in listed)
    n = states["done"] + overdue
    tells = n > states["unknown"] and (not whole or closure(whole, today)["rate"] is not None)
    interval = wilson(states["done"], n) if tells else None
    return {
        **states,
        "overdue": overdue,
        "n": n,
        "rate": states["done"] / n if tells else None,
        "low": interval[0] if interval else None,
        "high": interval[1] if interval else None,
    }

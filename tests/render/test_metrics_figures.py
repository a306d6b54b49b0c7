"""The metrics page beside a count of its own: front matter read as plain YAML, figures by numpy and scipy.

Nothing here uses the rooms that make the page, save to make it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import mean, median
from typing import Any

import numpy as np
import pytest
import yaml
from scipy import stats
from tests.render.read_metrics import Read

from postmortems.journey import travel
from postmortems.render.site import Site
from postmortems.settings import Settings

DOCS = Path(__file__).parents[2] / "docs"
TODAY = date(2026, 6, 30)
TARGETS = {"SEV1": 300, "SEV2": 900, "SEV3": 3600}
CLOCKS = {
    "detect": ("started_at", "detected_at"),
    "mitigate": ("started_at", "mitigated_at"),
    "recover": ("started_at", "resolved_at"),
    "response": ("detected_at", "resolved_at"),
}

Incident = dict[str, Any]


def front_matters() -> list[Incident]:
    found = []
    for path in sorted(DOCS.glob("postmortems/*/*/postmortem.md")):
        text = path.read_text("utf-8")
        values = yaml.load(text.split("---\n")[1], yaml.BaseLoader)
        if values.get("kind") != "drill":
            found.append(values | {"path": path, "text": text})
    return found


def at(incident: Incident, key: str) -> datetime | None:
    written = incident.get(key, "unknown")
    return None if written == "unknown" else datetime.fromisoformat(written).astimezone(UTC)


def day(incident: Incident) -> date:
    start = at(incident, "started_at")
    return start.date() if start else date.fromisoformat(incident["date"])


def seconds(incident: Incident, clock: str) -> float | None:
    begin, end = (at(incident, key) for key in CLOCKS[clock])
    return (end - begin).total_seconds() if begin and end and end >= begin else None


def says(words: str, expected: float) -> bool:
    """Whether `3 h 14 min` is what a reader calls so many seconds: its two largest units, cut off below."""
    units = {"s": 1, "min": 60, "h": 3600, "d": 86400}
    parts = re.findall(r"(\d+) (min|s|h|d)\b", words)
    said = sum(int(number) * units[unit] for number, unit in parts)
    named = {unit for _, unit in parts}
    cut_off = 3600 if "d" in named else 60 if named & {"h", "min"} else 1
    return bool(parts) and said - 0.5 <= expected < said + cut_off + 0.5


INCIDENTS = front_matters()


@pytest.fixture(scope="module", params=["sample", "complete"])
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def page(kind: str) -> Read:
    settings = Settings.model_validate({"corpus": kind})
    journey = travel(DOCS, settings, TODAY)
    made = Site(journey.corpus, journey.analysis(), settings, TODAY).page("metrics/index.md", "../")
    assert made is not None
    return Read(str(made.before + made.after))


def lengths(incidents: Iterable[Incident], clock: str) -> tuple[list[float], int]:
    values = [seconds(one, clock) for one in incidents]
    return sorted(value for value in values if value is not None), values.count(None)


def assert_row(row: list[str], incidents: list[Incident], clock: str) -> None:
    known, missing = lengths(incidents, clock)
    _, n, unknown, within, middle, interval, quartiles, p90, average = row
    assert (int(n), int(unknown), int(within)) == (len(known), missing, sum(value <= 60 for value in known))
    assert says(middle, median(known)) if len(known) >= 3 else middle == "too few"
    assert says(average, mean(known)) if len(known) >= 3 else average == "too few"
    assert says(p90, np.quantile(known, 0.9)) if len(known) >= 20 else p90 == "too few"
    if len(known) < 6:
        assert interval == quartiles == "too few"
        return
    # The largest k with P(B < k) ≤ 2.5 % for B of the binomial distribution with a half.
    k = max(rank for rank in range(1, len(known)) if stats.binom.cdf(rank - 1, len(known), 0.5) <= 0.025)
    low, high = interval.split(" to ")
    assert says(low, known[k - 1])
    assert says(high, known[-k])
    lower, upper = quartiles.split(" to ")
    assert says(lower, np.quantile(known, 0.25))
    assert says(upper, np.quantile(known, 0.75))


@pytest.mark.parametrize("clock", CLOCKS)
def test_every_figure_of_a_clock_is_what_the_files_say(clock: str, page: Read) -> None:
    head, *rows = page.tables[f"numbers-{clock}"]
    assert head[:3] == ["Incidents", "Known", "Unknown"]
    years = sorted({day(one).year for one in INCIDENTS}, reverse=True)
    severities = sorted({one["severity"] for one in INCIDENTS})
    assert [row[0] for row in rows] == [*map(str, years), "All", *severities]
    for row in rows:
        name = row[0]
        of = [one for one in INCIDENTS if name in ("All", one["severity"], str(day(one).year))]
        assert_row(row, of, clock)


@pytest.mark.parametrize("clock", CLOCKS)
def test_the_caption_says_what_the_table_says(clock: str, page: Read) -> None:
    known, missing = lengths(INCIDENTS, clock)
    title = "Response time" if clock == "response" else f"Time to {clock}"
    words = next(one for one in page.captions if one.strip().startswith(title))
    assert f"median of {len(known)}, 95 % between" in " ".join(words.split())
    assert f"{missing} unknown" in words
    total = next(row for row in page.tables[f"numbers-{clock}"] if row[0] == "All")
    assert f"Mean {total[8]}." in words
    assert f"{total[5].replace(' to ', ' and ')};" in words


def test_every_known_length_is_a_dot(page: Read) -> None:
    assert page.links["times"] == sum(len(lengths(INCIDENTS, clock)[0]) for clock in ("detect", "mitigate", "recover"))


def test_late_ones_are_counted_by_their_targets(page: Read) -> None:
    def group(one: Incident) -> str:
        took, target = seconds(one, "detect"), TARGETS.get(one["severity"])
        if "detection_target" in one:
            target = int(one["detection_target"].removesuffix("m")) * 60
        if target is None:
            return "No target"
        return "Unknown" if took is None else "Late" if took > target else "In time"

    groups = Counter(map(group, INCIDENTS))
    total = next(row for row in page.tables["numbers-target"] if row[0] == "All")
    known = groups["Late"] + groups["In time"]
    assert list(map(int, total[1:])) == [groups["Late"], known, groups["Unknown"], groups["No target"]]
    assert any(f"{groups['Late']} of {known}" in words for words in page.captions)


def test_who_noticed_is_counted(page: Read) -> None:
    by = Counter(one.get("detected_by") for one in INCIDENTS)
    names = {"An alert": "alert", "Staff": "staff", "Customers": "customer", "Third parties": "third-party"}
    assert {names[row[0]]: int(row[1]) for row in page.lists["detection"]} == {
        name: by[name] for name in names.values()
    }


def test_incidents_a_quarter_are_counted_where_that_means_something(kind: str, page: Read) -> None:
    if kind == "sample":
        assert "numbers-frequency" not in page.tables
        return
    quarters = Counter(f"{day(one).year} Q{(day(one).month + 2) // 3}" for one in INCIDENTS)
    head, *rows = page.tables["numbers-frequency"]
    shown = {row[0].removesuffix(", so far"): row[1] for row in rows}
    assert {name for name, words in shown.items() if not words.startswith("0 ")} <= set(quarters)
    for name, words in shown.items():
        count = quarters[name]
        low = stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0
        high = stats.chi2.ppf(0.975, 2 * count + 2) / 2
        assert words.startswith(f"{count} ({low:.1f} to {high:.1f})") or count >= 10
        for severity, cell in zip(head[2:], next(row for row in rows if row[0].startswith(name))[2:], strict=True):
            here = sum(
                one["severity"] == severity and f"{day(one).year} Q{(day(one).month + 2) // 3}" == name
                for one in INCIDENTS
            )
            assert cell.split()[0] == str(here)


def test_the_rate_a_quarter_is_the_number_by_the_quarters(kind: str, page: Read) -> None:
    if kind == "sample":
        return
    first, this = min(map(day, INCIDENTS)), TODAY
    quarters = 4 * (this.year - first.year) + (this.month + 2) // 3 - (first.month + 2) // 3
    count = sum((day(one).year, (day(one).month + 2) // 3) < (this.year, (this.month + 2) // 3) for one in INCIDENTS)
    words = next(one for one in page.captions if "incidents a quarter" in one)
    assert words.strip().startswith(f"{count / quarters:.1f} incidents a quarter")
    assert f"{count} in {quarters} quarters" in words


def test_action_items_are_counted(page: Read) -> None:
    items = [line for one in INCIDENTS for line in one["text"].splitlines() if re.match(r"- \[[ x]\] \[", line)]
    rows = [
        row
        for row in page.tables["numbers-closure"][1:]
        if row[0][0].isdigit() or row[0] in ("Not yet due", "Without a due date")
    ]
    done, overdue, later, unknown, dropped = (sum(int(row[place]) for row in rows) for place in range(1, 6))
    assert done == sum(line.startswith("- [x]") for line in items)
    assert unknown == sum("state: unknown" in line for line in items)
    assert done + overdue + later + unknown + dropped == len(items)
    total = next(row for row in page.tables["numbers-closure"] if row[0] == "All")
    assert [int(cell) for cell in total[1:6]] == [done, overdue, later, unknown, dropped]
    assert total[6] == (f"{done} of {done + overdue}" if done + overdue > unknown else "none told")


def test_root_causes_are_counted(page: Read) -> None:
    causes = Counter(one["root_cause"] for one in INCIDENTS if one["root_cause"] != "unknown")
    shown = {
        row[0]: int(row[1]) for row in next(rows for name, rows in page.lists.items() if name.startswith("Root causes"))
    }
    assert shown == {name: causes[name] for name in shown}
    assert sorted(shown.values(), reverse=True) == [count for _, count in causes.most_common(len(shown))]


def test_lacking_values_are_counted(page: Read) -> None:
    for name, numbers in ((row[0], row[1]) for row in page.lists["quality"]):
        if " " in name:
            continue
        asked = [one for one in INCIDENTS if name != "published_on" or one["status"] == "published"]
        known = sum(one.get(name, "unknown") not in ("unknown", [], "") for one in asked)
        assert numbers == f"{known} of {len(asked)}", name

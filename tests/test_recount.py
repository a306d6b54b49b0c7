"""Every figure that goes out, beside the second count of `tests.recount`: in the data files and in the terminal.

Two collections are counted: this repository's own, a sample, and that of the made-up team, which is complete.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
import yaml
from benchmarks.team import generate_team
from click.testing import CliRunner
from scipy import stats

from postmortems.cli.main import main
from tests import recount
from tests.commands import ROOT
from tests.recount import CLOCKS, Document

TODAY = date(2026, 11, 29)
POLICY = timedelta(days=14)
REQUIRED = {"SEV1", "SEV2", "SEV3"}
SCALE = ("SEV1", "SEV2", "SEV3", "SEV4")


@dataclass
class Counted:
    """A collection: its incidents as counted here, and what the commands print of it. It counts what is compared."""

    folder: Path
    is_sample: bool
    compared: int = 0
    every: list[Document] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.every = recount.documents(self.folder / "docs")
        self.incidents = recount.incidents(self.every)

    def printed(self, *arguments: str) -> str:
        asked = [*arguments, "--today", TODAY.isoformat(), "--config", str(self.folder / "mkdocs.yml")]
        done = CliRunner().invoke(main, asked)
        assert done.exit_code == 0, done.output
        return done.stdout

    def lines(self, command: str) -> list[str]:
        """What a command prints, with figures as this file writes them."""
        return re.sub(r"(?<=\d),(?=\d{3})", "", self.printed(command)).splitlines()

    def data(self, command: str) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.printed(command, "--format", "json"))
        return found

    def same(self, found: object, expected: object) -> None:
        """One value of the files is that of the second count."""
        self.compared += 1
        if isinstance(expected, float) and isinstance(found, int | float):
            assert found == pytest.approx(expected, rel=1e-6, abs=1e-6)
        else:
            assert found == expected


@pytest.fixture(scope="module", params=["own", "team"])
def counted(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Counted:
    if request.param == "own":
        return Counted(ROOT, is_sample=True)
    folder = tmp_path_factory.mktemp("team")
    generate_team(folder, 200, today=TODAY)
    return Counted(folder, is_sample=False)


@pytest.fixture(scope="module")
def metrics(counted: Counted) -> dict[str, Any]:
    return counted.data("metrics")


@pytest.fixture(autouse=True)
def _looked_at_something(counted: Counted) -> Iterator[None]:
    before = counted.compared
    yield
    assert counted.compared > before


def quarter(day: date) -> tuple[int, int]:
    return day.year, (day.month + 2) // 3


def label_key(name: str) -> str:
    return re.sub(r"\W+", "-", name.casefold()).strip("-")


def compare_length(counted: Counted, told: dict[str, Any], members: Sequence[Document], clock: str) -> None:
    known, least, missing = recount.lengths(members, clock)
    low, high = recount.bounds(known, least)
    few = len(known) < 6
    for name, expected in {
        "n": len(known),
        "missing": missing + len(least),
        "censored": len(least),
        "median_seconds": recount.middle(known, least),
        "median_low_seconds": low,
        "median_high_seconds": high,
        "lower_quartile_seconds": None if few else recount.quantile(known, least, 0.25),
        "upper_quartile_seconds": None if few else recount.quantile(known, least, 0.75),
        "p90_seconds": None if len(known) < 20 else recount.quantile(known, least, 0.9),
        "mean_seconds": None if len(known) < 3 else mean(known),
        "within_a_minute": sum(value <= 60 for value in known),
    }.items():
        counted.same(told[name], expected)


def test_lengths(counted: Counted, metrics: dict[str, Any]) -> None:
    years = sorted({one.day.year for one in counted.incidents})
    split = [
        year
        for year in years[-3:]
        if year > years[-1] - 3 and sum(one.day.year == year for one in counted.incidents) >= 24
    ]
    for told, clock in zip(metrics["clocks"], CLOCKS, strict=True):
        counted.same(told["clock"], clock)
        compare_length(counted, told["all"], counted.incidents, clock)
        counted.same([one["year"] for one in told["years"]], years)
        for one in told["years"]:
            compare_length(
                counted, one["length"], [at for at in counted.incidents if at.day.year == one["year"]], clock
            )
        counted.same(sorted({one["year"] for one in told["quarters"]}), split)
        for one in told["quarters"]:
            members = [at for at in counted.incidents if quarter(at.day) == (one["year"], one["quarter"])]
            compare_length(counted, one["length"], members, clock)
        for one in told["severities"]:
            members = [at for at in counted.incidents if at.matter["severity"] == one["severity"]]
            compare_length(counted, one["length"], members, clock)
        if told["change"]:
            earlier, later = (told["change"][name]["length"] for name in ("earlier", "later"))
            ends = [one["median_high_seconds"] or float("inf") for one in (earlier, later)]
            overlap = earlier["median_low_seconds"] <= ends[1] and later["median_low_seconds"] <= ends[0]
            counted.same(told["change"]["is_noise"], overlap)


def test_how_often(counted: Counted, metrics: dict[str, Any]) -> None:
    counted.same(metrics["incidents"], len(counted.incidents))
    counted.same(metrics["drafts"], sum(one.matter["status"] == "draft" for one in counted.incidents))
    told = metrics["frequency"]
    if counted.is_sample:
        counted.same(told, None)
        return
    groups: dict[tuple[int, int], list[Document]] = {}
    for one in counted.incidents:
        groups.setdefault(quarter(one.day), []).append(one)
    this = quarter(TODAY)
    groups.setdefault(this, [])

    def place(of: tuple[int, int]) -> int:
        return 4 * of[0] + of[1]

    whole = place(this) - place(min(groups))
    count = sum(len(found) for name, found in groups.items() if name < this)
    expected_most = next(most for most in range(1000) if stats.poisson.cdf(most, count / whole) ** whole >= 0.95)
    for name, value in {
        "whole": whole,
        "count": count,
        "rate": count / whole,
        "rate_low": recount.poisson(count)[0] / whole,
        "rate_high": recount.poisson(count)[1] / whole,
        "expected_most": expected_most,
        "undated": 0,
    }.items():
        counted.same(told[name], value)
    counted.same([(one["year"], one["quarter"]) for one in told["quarters"]], sorted(groups))
    for one in told["quarters"]:
        members = groups[one["year"], one["quarter"]]
        low, high = recount.poisson(len(members))
        counted.same(one["count"], len(members))
        counted.same(one["low"], low)
        counted.same(one["high"], high)
        counted.same(one["is_over"], (one["year"], one["quarter"]) < this)
        counted.same(one["stands_out"], len(members) > expected_most)
        counted.same(one["postmortems"], [at.id for at in members])
        by_severity = Counter(at.matter["severity"] for at in members)
        counted.same({of["severity"]: of["count"] for of in one["severities"]}, dict(by_severity))
    four = [
        sum(
            len(found) for name, found in groups.items() if place(this) - 4 * n - 4 <= place(name) < place(this) - 4 * n
        )
        for n in (0, 1)
    ]
    counted.same([told["latest"]["count"], told["before"]["count"]], four)
    (low, high), (low_before, high_before) = map(recount.poisson, four)
    counted.same(told["is_noise"], low <= high_before and low_before <= high)


def test_recurrence(counted: Counted, metrics: dict[str, Any]) -> None:
    told = metrics["recurrence"]
    known = {one.id for one in counted.every if one.kind != "drill"}
    declared = [
        (one.id, found) for one in counted.incidents if (found := [n for n in one.names("repeat_of") if n in known])
    ]
    counted.same([(one["postmortem"], one["earlier"]) for one in told["declared"]], declared)
    counted.same(told["rate"], None if counted.is_sample else len(declared) / len(counted.incidents))
    interval = None if counted.is_sample else recount.wilson(len(declared), len(counted.incidents))
    counted.same(told["low"], interval[0] if interval else None)
    counted.same(told["high"], interval[1] if interval else None)
    assert not {one["postmortem"] for one in told["suspected"]} & {name for name, _ in declared}
    assert {one["postmortem"] for one in told["suspected"]} <= {one.id for one in counted.incidents}


def test_completion(counted: Counted, metrics: dict[str, Any]) -> None:
    if counted.is_sample:
        counted.same(metrics["completion"], None)
        return
    by_id = {one.id: one for one in counted.every}
    entries = yaml.load((counted.folder / "docs/postmortems/register.yml").read_text("utf-8"), yaml.BaseLoader)
    groups = Counter(_publication(entry, by_id.get(entry.get("postmortem", ""))) for entry in entries)
    n = groups["in_time"] + groups["late"] + groups["unpublished"]
    interval = recount.wilson(groups["in_time"], n)
    assert interval
    expected = {
        **{name: groups[name] for name in ("in_time", "late", "unpublished", "not_due", "waived", "not_required")},
        "missing": groups["unknown"],
        "n": n,
        "rate": groups["in_time"] / n,
        "low": interval[0],
        "high": interval[1],
    }
    for name, value in expected.items():
        counted.same(metrics["completion"][name], value)


def _publication(entry: dict[str, str], one: Document | None) -> str:
    """The group of one entry of the register."""
    if entry["severity"] not in REQUIRED or (one and one.kind != "incident"):
        return "not_required"
    if "waived" in entry:
        return "waived"
    written = entry["resolved_at"]
    resolved = datetime.fromisoformat(written) if written != "unknown" else one.at("resolved_at") if one else None
    if resolved is None:
        return "unknown"
    last = (resolved + POLICY).date()
    if last >= TODAY:
        return "not_due"
    if one is None or one.matter["status"] != "published":
        return "unpublished"
    return "in_time" if date.fromisoformat(one.matter["published_on"]) <= last else "late"


def test_closure(counted: Counted, metrics: dict[str, Any]) -> None:
    told = metrics["actions"]
    items = [item for one in counted.incidents for item in one.actions]
    groups: dict[Any, list[recount.Action]] = {}
    for item in items:
        due = item.given or item.horizon
        group: Any = "undated" if due is None else "not_due" if due >= TODAY else quarter(due)
        groups.setdefault(group, []).append(item)
    for name, value in recount.closure(items, TODAY).items():
        counted.same(told["all"][name], value)
    quarters = sorted(name for name in groups if isinstance(name, tuple))
    counted.same([(one["year"], one["quarter"]) for one in told["due"]], quarters)
    for one in told["due"]:
        for name, value in recount.closure(groups[one["year"], one["quarter"]], TODAY, of=items).items():
            counted.same(one["closure"][name], value)
    for group in ("not_due", "undated"):
        expected = recount.closure(groups.get(group, []), TODAY)
        for name in ("done", "open", "overdue", "dropped", "unknown"):
            counted.same(told[group][name], expected[name])
    counted.same(told["without_items"], sum(not one.actions for one in counted.incidents))


def test_detection(counted: Counted, metrics: dict[str, Any]) -> None:
    told = metrics["detection"]
    groups = [("all", counted.incidents, told["all"])]
    for one in told["severities"]:
        members = [at for at in counted.incidents if at.matter["severity"] == one["severity"]]
        groups.append((one["severity"], members, one["against_target"]))
    for _, members, figures in groups:
        late = [one for one in members if one.is_late]
        in_time = [one for one in members if one.is_late is False]
        interval = recount.wilson(len(late), len(late) + len(in_time))
        counted.same(figures["late_postmortems"], [one.id for one in late])
        for name, value in {
            "n": len(late) + len(in_time),
            "late": len(late),
            "in_time": len(in_time),
            "low": interval[0] if interval else None,
            "high": interval[1] if interval else None,
            "without_target": sum(one.target is None for one in members),
            "unknown": sum(one.target is not None and one.is_late is None for one in members),
        }.items():
            counted.same(figures[name], value)
    by = Counter(one.matter.get("detected_by") for one in counted.incidents)
    counted.same({one["detected_by"]: one["count"] for one in told["detected_by"]}, dict(by))
    own = sum("detection_target" not in one.matter and one.is_late is not None for one in counted.incidents)
    counted.same(told["from_settings"], own)


def test_labels(counted: Counted, metrics: dict[str, Any]) -> None:
    contributing = {
        one.id: [name for name, role in one.patterns.items() if role == "contributing"] for one in counted.incidents
    }
    kinds: dict[str, Callable[[Document], list[str]]] = {
        "root_causes": lambda one: one.names("root_cause"),
        "triggers": lambda one: one.names("trigger"),
        "services": lambda one: one.names("services"),
        "contributing": lambda one: contributing[one.id],
    }
    for kind, names in kinds.items():
        told = metrics["labels"][kind]["patterns"] if kind == "contributing" else metrics["labels"][kind]
        members: dict[str, list[str]] = {}
        for one in counted.incidents:
            for name in dict.fromkeys(label_key(name) for name in names(one)):
                members.setdefault(name, []).append(one.id)
        counted.same({label_key(one["key"]): one["postmortems"] for one in told["items"]}, members)
        counted.same([one["count"] for one in told["items"]], sorted(map(len, members.values()), reverse=True))
        counted.same(told["n"], sum(bool(names(one)) for one in counted.incidents))
        counted.same(told["missing"], sum(not names(one) for one in counted.incidents))


def test_what_is_lacking(counted: Counted, metrics: dict[str, Any]) -> None:
    for one in metrics["quality"]:
        name = one["value"]
        asked = [at for at in counted.incidents if name != "published_on" or at.matter["status"] == "published"]
        counted.same(one["asked"], len(asked))
        if name == "Action Items":
            counted.same(one["lacking"], [at.id for at in asked if not at.actions])
        elif " " not in name:
            lacking = [at.id for at in asked if at.matter.get(name, "unknown") in ("unknown", [], "")]
            counted.same(one["lacking"], lacking)


def test_every_comparison_counts_what_its_group_and_the_others_say(counted: Counted, metrics: dict[str, Any]) -> None:
    told = metrics["findings"]["comparisons"]
    slow_recovery = longer(counted.incidents, "time to recover")
    slow_response = longer([at for at in counted.incidents if at.is_late is not None], "response time")
    asked = {
        "late-detection": lambda one: one.is_late,
        "noticed-outside": lambda one: None if one.matter.get("detected_by") is None else one.matter["detected_by"] in ("customer", "third-party"),
        "slow-recovery": slow_recovery,
        "slow-after-late": lambda one: None if one.is_late is None else slow_response(one),
        "shared-root-cause": shared_cause(counted.incidents),
        "no-preventing-action": lambda one: lacks(one, "prevent", is_sample=counted.is_sample),
        "late-without-detect-action": lambda one: None if one.is_late is None else lacks(one, "detect", is_sample=counted.is_sample),
    }  # fmt: skip
    for one in told:
        subjects = [(of["kind"], of["key"]) for of in one["subjects"]]
        if one["maker"] == "pattern-roles":
            compare_roles(counted, one)
            continue
        if one["maker"] == "patterns-together":
            first, second = (key for _, key in subjects)
            group = [at for at in counted.incidents if first in at.patterns]
            question: Callable[[Document], bool | None] = lambda at, second=second: second in at.patterns  # type: ignore[misc]  # noqa: E731
        else:
            question = asked[one["maker"]]
            group = (
                [at for at in counted.incidents if is_member(at, subjects)]
                if subjects
                else [at for at in counted.incidents if at.is_late]
            )
        inside = [answer for at in group if (answer := question(at)) is not None]
        ids = {at.id for at in group}
        outside = [answer for at in counted.incidents if at.id not in ids and (answer := question(at)) is not None]
        compare_finding(counted, one, sum(inside), len(inside), sum(outside), len(outside))
        counted.same(one["missing"], len(group) - len(inside))
    rates = stats.false_discovery_control([one["chance"] for one in told]) if told else []
    for one, rate in zip(told, rates, strict=True):
        counted.same(one["false_discoveries"], float(rate))
        counted.same(one["stands_out"], bool(rate <= 0.1 and one["support"] >= 3))
    assert told


def compare_finding(counted: Counted, one: dict[str, Any], support: int, n: int, rest_support: int, rest: int) -> None:
    for name, value in {"support": support, "n": n, "rest_support": rest_support, "rest": rest}.items():
        counted.same(one[name], value)
    table = [[support, n - support], [rest_support, rest - rest_support]]
    counted.same(one["chance"], float(stats.fisher_exact(table, alternative="greater").pvalue))
    interval = recount.wilson(support, n)
    counted.same(one["low"], interval[0] if interval else None)
    counted.same(one["high"], interval[1] if interval else None)
    assert support + rest_support < 0.9 * (n + rest)


def compare_roles(counted: Counted, one: dict[str, Any]) -> None:
    """A pattern's role among its own incidents, and among those of all other patterns."""
    words = {
        "were triggered by it": "trigger",
        "had it as a contributing factor": "contributing",
        "had detection delayed by it": "detection",
        "had mitigation delayed by it": "mitigation",
    }
    given = [(name, role) for at in counted.incidents for name, role in at.patterns.items() if role]
    own = [role for name, role in given if name == one["subjects"][0]["key"]]
    others = [role for name, role in given if name != one["subjects"][0]["key"]]
    role = words[one["claim"]]
    compare_finding(counted, one, own.count(role), len(own), others.count(role), len(others))


def is_member(one: Document, subjects: list[tuple[str, str]]) -> bool:
    ((kind, key),) = subjects
    return key in one.patterns if kind == "pattern" else key in map(label_key, one.names("services"))


def longer(members: Sequence[Document], clock: str) -> Callable[[Document], bool | None]:
    """Whether an incident took longer than the median of some; unknown where not even its least length tells."""
    known, least, _ = recount.lengths(members, clock)
    median = recount.middle(known, least)
    assert median is not None

    def answer(one: Document) -> bool | None:
        took, at_least = one.seconds(clock), one.at_least(clock)
        if took is not None:
            return took > median
        return True if at_least is not None and at_least > median else None

    return answer


def shared_cause(members: Sequence[Document]) -> Callable[[Document], bool | None]:
    causes = Counter(label_key(name) for one in members for name in one.names("root_cause"))
    return lambda one: causes[label_key(one.names("root_cause")[0])] > 1 if one.names("root_cause") else None


def lacks(one: Document, kind: str, *, is_sample: bool) -> bool | None:
    if any(item.kind == kind and item.state != "dropped" for item in one.actions):
        return False
    is_whole = one.actions and all(item.kind and item.state != "unknown" for item in one.actions)
    return True if is_whole and one.matter["status"] == "published" and not is_sample else None


def test_each_postmortem_in_the_list(counted: Counted) -> None:
    by_id = {one.id: one for one in counted.every}
    told = counted.data("list")["postmortems"]
    counted.same([one["id"] for one in told], [one.id for one in reversed(counted.every)])
    for record in told:
        one = by_id[record["id"]]
        for name, clock in zip(("to_detect", "to_mitigate", "to_recover", "response"), CLOCKS, strict=True):
            counted.same(record[f"{name}_seconds"], one.seconds(clock))
        counted.same(record["target_seconds"], one.target)
        took, target = one.seconds("time to detect"), one.target
        counted.same(record["over_target_seconds"], took - target if took and target and took > target else None)
        expected = recount.closure(one.actions, TODAY)
        counted.same(record["actions"], len(one.actions))
        for name in ("open", "overdue", "done", "dropped", "unknown"):
            counted.same(record[f"{name}_actions"], expected[name])


def test_each_line_of_the_list(counted: Counted) -> None:
    lines = [line for line in counted.printed("list").splitlines() if re.match(r"\d{4}-\d\d-\d\d  ", line)]
    by_id = {one.id: one for one in counted.every}
    for line in lines:
        one = next(found for name, found in by_id.items() if f"  {name}  " in f"{line}  ")
        cells = re.split(r" {2,}", line)
        place = cells.index(one.id)
        expected = recount.closure(one.actions, TODAY)
        unknown = f", {expected['unknown']} unknown" if expected["unknown"] else ""
        is_open = f"{expected['open']}{'!' * bool(expected['overdue'])}{unknown}"
        is_open = "unknown" if expected["unknown"] and not expected["open"] else is_open
        counted.same(cells[place - 1], is_open if one.actions else "none")
        counted.same(cells[place - 3] == "unknown", one.seconds("time to detect") is None)
        counted.same(cells[place - 2] == "unknown", one.seconds("time to recover") is None)
    counted.same(len(lines), len(counted.every))


def test_each_action_item(counted: Counted) -> None:
    told = counted.data("actions")["actions"]
    items: dict[str, list[recount.Action]] = {one.id: list(one.actions) for one in counted.every}
    found: dict[str, list[tuple[Any, ...]]] = {}
    for one in told:
        day = date.fromisoformat(one["due"]) if one["due"] else None
        found.setdefault(one["postmortem"], []).append((one["state"], one["owner"] or "", one["kind"] or "", day, one["due_is_derived"], one["is_overdue"]))  # fmt: skip
    for name, of in items.items():
        expected = [
            (item.state, item.owner, item.kind, item.due, bool(item.due and not item.given), item.is_overdue(TODAY))
            for item in of
        ]
        counted.same(sorted(found.get(name, []), key=str), sorted(expected, key=str))
    lines = counted.lines("actions")
    overdue = sum(item.is_overdue(TODAY) for of in items.values() for item in of)
    counted.same(sum(re.search(r"^\d{4}-\d\d-\d\d\*?\s+overdue \d+ day", line) is not None for line in lines), overdue)
    derived = sum(bool(item.due and not item.given) for of in items.values() for item in of)
    counted.same(sum(re.match(r"\d{4}-\d\d-\d\d\*", line) is not None for line in lines), derived)


def test_the_lines_of_metrics(counted: Counted) -> None:
    text = "\n".join(counted.lines("metrics"))
    lines = dict(re.findall(r"^(Over target|Recurrence|Completion|Actions|Frequency) +(.+)$", text, re.MULTILINE))
    late = [one for one in counted.incidents if one.is_late]
    judged = [one for one in counted.incidents if one.is_late is not None]
    counted.same(lines["Over target"].startswith(f"{len(late)} of {len(judged)} detected late"), True)
    actions = recount.closure([item for one in counted.incidents for item in one.actions], TODAY)
    if actions["rate"] is None:
        counted.same(re.search(r"\d+ of \d+|%", lines["Actions"]), None)
        counted.same(lines["Actions"].startswith(f"{actions['done']} done, "), True)
    else:
        due = "due " if actions["open"] > actions["overdue"] else ""
        counted.same(lines["Actions"].startswith(f"{actions['done']} of {actions['n']} {due}done"), True)
    for state in ("unknown", "dropped", "overdue"):
        counted.same(f"{actions[state]} {state}" in lines["Actions"], actions[state] > 0)
    for clock in CLOCKS:
        known, least, missing = recount.lengths(counted.incidents, clock)
        cells = re.split(
            r" {2,}",
            next(line for line in text.splitlines() if line.startswith(f"{clock.replace('recover', 'resolve')}  ")),
        )
        counted.same(cells[1:4], [str(len(known)), str(len(least)), str(missing)])

"""The metrics page beside the second count of `tests.recount`, which uses none of the rooms that make the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import mean

import pytest
from benchmarks.team import generate_team
from tests.collapsed import collapsed
from tests.recount import CLOCKS, Document, bounds, closure, documents, incidents, lengths, middle, poisson, quantile
from tests.render.read_metrics import Read

from postmortems.pipeline import run_pipeline
from postmortems.render.pages.site import Site
from postmortems.settings import Settings

DOCS = Path(__file__).parents[2] / "docs"


@dataclass(frozen=True)
class Collection:
    """A docs folder with its settings, looked at on a day: the page, and the incidents counted anew."""

    docs: Path
    kind: str
    today: date

    @property
    def incidents(self) -> list[Document]:
        return incidents(documents(self.docs))

    def page(self) -> Read:
        settings = Settings.model_validate({"corpus": self.kind})
        run = run_pipeline(self.docs, settings, self.today)
        made = Site(run.corpus, run.analysis, settings, self.today).page("metrics/index.md", "../")
        assert made is not None
        return Read(collapsed(made.before + made.after))


@pytest.fixture(scope="module", params=["sample", "complete", "team"])
def collection(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Collection:
    """Our own collection, as the sample that it is and as if it were complete, and that of the made-up team."""
    today = date(2026, 6, 30)
    if request.param != "team":
        return Collection(DOCS, request.param, today)
    folder = tmp_path_factory.mktemp("team")
    generate_team(folder, 90, years=2, today=today)
    return Collection(folder / "docs", "complete", today)


@pytest.fixture(scope="module")
def page(collection: Collection) -> Read:
    return collection.page()


@pytest.fixture(scope="module")
def counted(collection: Collection) -> list[Document]:
    return collection.incidents


def quarter(day: date) -> str:
    return f"Q{(day.month + 2) // 3} {day.year}"


def table_of(clock: str) -> str:
    return f"numbers-{clock.removesuffix(' time').rpartition(' ')[2]}"


def ends(words: str) -> list[str]:
    """Both ends of an interval: of `5–7 min` and of `53 min to 6 h`."""
    first, is_short, last = words.partition("–")
    return [f"{first} {last.split()[-1]}", last] if is_short else words.split(" to ")


def says(words: str, expected: float) -> bool:
    """Whether `3 h 14 min` is what a reader calls so many seconds: its two largest units, cut off below."""
    units = {"s": 1, "min": 60, "h": 3600, "d": 86400}
    parts = re.findall(r"(\d+) (min|s|h|d)\b", words)
    said = sum(int(number) * units[unit] for number, unit in parts)
    named = {unit for _, unit in parts}
    cut_off = 3600 if "d" in named else 60 if named & {"h", "min"} else 1
    return bool(parts) and said - 0.5 <= expected < said + cut_off + 0.5


def is_told(words: str, expected: float | None) -> bool:
    return words == "too few" if expected is None else says(words, expected)


def assert_row(row: list[str], members: list[Document], clock: str) -> None:
    known, least, missing = lengths(members, clock)
    _, n, at_least, unknown, within, median, interval, quartiles, p90, average = row
    counts = (len(known), len(least), missing, sum(value <= 60 for value in known))
    assert (int(n), int(at_least), int(unknown), int(within)) == counts
    assert is_told(median, middle(known, least))
    assert is_told(average, mean(known) if len(known) >= 3 else None)
    assert is_told(p90, quantile(known, least, 0.9) if len(known) >= 20 else None)
    low, high = bounds(known, least)
    if low is None:
        assert interval == "too few"
    elif high is None:
        assert interval.startswith("at least ")
        assert says(interval, low)
    else:
        assert says(ends(interval)[0], low)
        assert says(ends(interval)[-1], high)
    lower, upper = (quantile(known, least, share) if len(known) >= 6 else None for share in (0.25, 0.75))
    assert is_told(ends(quartiles)[0], lower)
    assert is_told(ends(quartiles)[-1], upper)


@pytest.mark.parametrize("clock", CLOCKS)
def test_every_figure_of_a_clock_is_what_the_files_say(clock: str, page: Read, counted: Sequence[Document]) -> None:
    head, *rows = page.tables[table_of(clock)]
    assert head[:4] == ["Incidents", "Known", "At least", "Unknown"]
    years = sorted({one.day.year for one in counted}, reverse=True)
    severities = sorted({str(one.matter["severity"]) for one in counted})
    assert [row[0] for row in rows if not row[0].startswith("Q")] == [*map(str, years), "All", *severities]
    for row in rows:
        of = [one for one in counted if row[0] in ("All", one.matter["severity"], str(one.day.year), quarter(one.day))]
        assert_row(row, of, clock)


@pytest.mark.parametrize(("tile", "clock"), [("detect", next(iter(CLOCKS))), ("recover", [*CLOCKS][2])])
def test_the_tile_says_what_the_table_says(tile: str, clock: str, page: Read, counted: Sequence[Document]) -> None:
    known, least, missing = lengths(counted, clock)
    total = next(row for row in page.tables[table_of(clock)] if row[0] == "All")
    bounds_of = f", {len(least)} of them lower bounds" if least else ""
    words = " ".join(page.tiles[tile].split())
    assert f" {total[5]} median of {len(known) + len(least)}{bounds_of}, 95 % interval {total[6]}" in words
    assert (f"; {missing} unknown" in words) == (missing > 0)


def test_every_known_length_is_a_dot(page: Read, counted: Sequence[Document]) -> None:
    widths = 2 if len({one.matter["severity"] for one in counted}) <= 2 else 1
    for section, clock in (("detection", next(iter(CLOCKS))), ("times", [*CLOCKS][2])):
        assert page.links[section] == widths * len(lengths(counted, clock)[0])


def test_late_ones_are_counted_by_their_targets(page: Read, counted: Sequence[Document]) -> None:
    without = [one for one in counted if one.target is None]
    late, in_time = ([one for one in counted if one.is_late is answer] for answer in (True, False))
    total = next(row for row in page.tables["numbers-target"] if row[0] == "All")
    known = len(late) + len(in_time)
    unknown = len(counted) - known - len(without)
    assert list(map(int, total[1:])) == [len(late), known, unknown, len(without)]
    told = [re.search(r"(\d+) of (\d+) late", words) for words in page.captions]
    assert sum(int(found[1]) for found in told if found) == len(late)
    assert sum(int(found[2]) for found in told if found) == known


def test_who_noticed_is_counted(page: Read, counted: Sequence[Document]) -> None:
    by = Counter(one.matter.get("detected_by") for one in counted)
    names = {"Alert": "alert", "Staff": "staff", "Third party": "third-party", "Customer": "customer", "Unknown": None}
    assert {names[row[0]]: int(row[1]) for row in page.tables["numbers-noticed"]} == {
        name: by[name] for name in names.values()
    }


def test_incidents_a_quarter_are_counted_where_that_means_something(
    collection: Collection, page: Read, counted: Sequence[Document]
) -> None:
    if collection.kind == "sample":
        assert "numbers-frequency" not in page.tables
        return
    quarters = Counter(quarter(one.day) for one in counted)
    head, *rows = page.tables["numbers-frequency"]
    shown = {row[0].removesuffix(", so far"): row[1] for row in rows}
    assert {name for name, words in shown.items() if not words.startswith("0 ")} <= set(quarters)
    for name, words in shown.items():
        low, high = poisson(quarters[name])
        digits = 0 if high >= 20 else 1
        assert words.startswith(f"{quarters[name]} ({low:.{digits}f}–{high:.{digits}f})")
        for severity, cell in zip(head[2:], next(row for row in rows if row[0].startswith(name))[2:], strict=True):
            here = sum(one.matter["severity"] == severity and quarter(one.day) == name for one in counted)
            assert cell.split()[0] == str(here)


def test_the_rate_a_quarter_is_the_number_by_the_quarters(
    collection: Collection, page: Read, counted: Sequence[Document]
) -> None:
    if collection.kind == "sample":
        return

    def place(day: date) -> int:
        return 4 * day.year + (day.month + 2) // 3

    this = place(collection.today)
    quarters = this - min(place(one.day) for one in counted)
    count = sum(place(one.day) < this for one in counted)
    words = " ".join(page.tiles["incidents"].split())
    assert words.startswith(f"Incidents per quarter {count / quarters:.1f} 95 % interval ")
    assert f"; {count} in {quarters} whole quarters" in words


def test_action_items_are_counted(collection: Collection, page: Read, counted: Sequence[Document]) -> None:
    _, *rows = page.tables["numbers-closure"]
    items = [item for one in counted for item in one.actions]
    day = {id(item): item.given or item.horizon for item in items}
    groups = {
        "All": items,
        "Upcoming": [item for item in items if (due := day[id(item)]) and due >= collection.today],
        "No due date": [item for item in items if not day[id(item)]],
    }
    for item in items:
        if (due := day[id(item)]) and due < collection.today:
            groups.setdefault(quarter(due), []).append(item)
    assert {row[0] for row in rows} == set(groups)
    for name, *cells in rows:
        expected = closure(groups[name], collection.today, of=items)
        assert [int(cell) for cell in cells[:5]] == [
            expected["done"],
            expected["overdue"],
            expected["open"] - expected["overdue"],
            expected["unknown"],
            expected["dropped"],
        ]
        if name in ("Upcoming", "No due date"):
            assert cells[5:] == ["not counted", ""]
        else:
            assert cells[5] == ("none" if expected["rate"] is None else f"{expected['done']} of {expected['n']}")
            assert (cells[6] == "too few") is (expected["low"] is None)


def test_root_causes_are_counted(page: Read, counted: Sequence[Document]) -> None:
    causes = Counter(name for one in counted for name in one.names("root_cause"))
    shown = {row[0]: int(row[1]) for row in page.lists["labels"]}
    assert shown == {name: causes[name] for name in shown}
    assert sorted(shown.values(), reverse=True) == [count for _, count in causes.most_common(len(shown))]


def test_lacking_values_are_counted(page: Read, counted: Sequence[Document]) -> None:
    for name, numbers in ((row[0], row[1]) for row in page.lists["quality"]):
        if " " in name:
            continue
        asked = [one for one in counted if name != "published_on" or one.matter["status"] == "published"]
        known = sum(one.matter.get(name, "unknown") not in ("unknown", [], "") for one in asked)
        assert numbers == f"{known} of {len(asked)}", name

"""The benchmark's report: what it says of figures, with no benchmark run."""

from __future__ import annotations

import re

import pytest
from benchmarks.bench import main
from benchmarks.figures import Figures
from benchmarks.measure import Cost
from benchmarks.rows import report


def figures(count: int, cpu: float = 1.0, wall: float = 1.0, mebibytes: int = 100) -> Figures:
    cost = Cost(cpu, wall, mebibytes * 2**20, "")
    return Figures(count, cost, cost, cost, cost, cost)


def line(text: str, name: str) -> str:
    return re.sub(" {2,}", " | ", next(line for line in text.splitlines() if line.startswith(name)))


@pytest.mark.parametrize(
    ("sizes", "name", "expected"),
    [
        pytest.param(
            (figures(1_000, mebibytes=400), figures(10_000, mebibytes=300)),
            "check: peak memory",
            "check: peak memory of the command | 400 MiB | 300 MiB | 0.07 | ≤ 300 MiB at 10,000 | met",
            id="only the size of the aim is judged",
        ),
        pytest.param(
            (figures(10_000, mebibytes=301),),
            "check: peak memory",
            "check: peak memory of the command | 301 MiB | ≤ 300 MiB at 10,000 | MISSED",
            id="missed",
        ),
        pytest.param(
            (figures(1_000),),
            "check: peak memory",
            "check: peak memory of the command | 100 MiB | ≤ 300 MiB at 10,000",
            id="without the size of the aim there is no verdict",
        ),
        pytest.param(
            (figures(100_000, cpu=100),),
            "check, list and metrics: CPU",
            "check, list and metrics: CPU | 300.0 s | ≤ 300.0 s at 100,000 | met",
            id="a sum",
        ),
        pytest.param(
            (figures(100_000),),
            "build: CPU with the plugin ÷",
            "build: CPU with the plugin ÷ without | – | ≤ 1.60 at 1,000",
            id="what was not measured is a dash",
        ),
        pytest.param(
            (figures(1_000, cpu=2), figures(10_000, cpu=40)),
            "list: CPU",
            "list: CPU of the command | 2.0 s | 40.0 s | 2.00",
            id="growth: 1 is linear",
        ),
    ],
)
def test_an_aim_is_judged_at_its_size(sizes: tuple[Figures, ...], name: str, expected: str) -> None:
    assert line(report(sizes), name) == expected


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("ten", "'ten' is not a list of numbers such as 200,1000"),
        ("200,", "'200,' is not a list of numbers such as 200,1000"),
        ("0", "a size is at least 3"),
    ],
)
def test_a_size_that_cannot_be_is_refused(asked: str, said: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--sizes", asked])
    assert ended.value.code == 2
    assert said in capsys.readouterr().err

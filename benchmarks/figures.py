"""What the benchmark measures at one size, and the figures that follow from it."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import nan

from benchmarks.increments import Increments
from benchmarks.measure import Cost, Size


@dataclass(frozen=True, slots=True)
class Builds:
    """Builds in pairs, without the plugin and with it, each in the order of the pairs, and the sizes of the sites."""

    plain: Sequence[Cost]
    plugin: Sequence[Cost]
    plain_size: Size
    plugin_size: Size

    @property
    def shares(self) -> list[float]:
        """The CPU time of each build with the plugin, divided by that of the build before it without."""
        return [plugin.cpu / plain.cpu for plain, plugin in zip(self.plain, self.plugin, strict=True)]

    @property
    def waits(self) -> list[float]:
        """The same by the clock."""
        return [plugin.wall / plain.wall for plain, plugin in zip(self.plain, self.plugin, strict=True)]

    @property
    def added(self) -> float:
        """The CPU seconds that the plugin adds to a build, median of the pairs."""
        return statistics.median(b.cpu - a.cpu for a, b in zip(self.plain, self.plugin, strict=True))


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured at one size.

    Of the checks `cold` has an empty store; `unchanged` and `edited` come after it. `listing` and `metrics` are the
    commands that analyse, with that store. None is what would take too long at this size, or is not installed.
    `in_process` are the milliseconds of reading and of the rules a postmortem.
    """

    count: int
    cold: Cost
    unchanged: Cost
    edited: Cost
    listing: Cost
    metrics: Cost
    in_process: tuple[float, float] | None = None
    markdownlint: Cost | None = None
    builds: Builds | None = None
    increments: Increments | None = None

    @property
    def commands(self) -> tuple[Cost, ...]:
        """A check and what analyses after it: what somebody waits for who comes to it anew."""
        return self.cold, self.listing, self.metrics


def of_builds(value: Callable[[Builds], float]) -> Callable[[Figures], float]:
    """A figure of the builds; not a number where none was made."""
    return lambda figures: value(figures.builds) if figures.builds else nan


def of_increments(value: Callable[[Increments], float]) -> Callable[[Figures], float]:
    """A figure of the builds by increments; not a number where none was made."""
    return lambda figures: value(figures.increments) if figures.increments else nan


def of_whole(value: Callable[[Increments], Cost]) -> Callable[[Figures], float]:
    """The CPU time of a build by increments, divided by that of a whole one."""

    def ratio(figures: Figures) -> float:
        if not figures.increments or not figures.builds:
            return nan
        return value(figures.increments).cpu / statistics.median(cost.cpu for cost in figures.builds.plugin)

    return ratio


def beside_markdownlint(value: Callable[[Figures], Cost]) -> Callable[[Figures], float]:
    """The CPU time of a check, divided by that of markdownlint-cli2."""
    return lambda figures: value(figures).cpu / figures.markdownlint.cpu if figures.markdownlint else nan

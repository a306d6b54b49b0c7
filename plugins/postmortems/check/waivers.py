"""Waivers at work: which findings they silence, and which of them silence nothing.

A waiver needs a rule that there is, that may be waived, and a reason; else it has no force, and is reported itself. It
covers the findings of its rule that begin on its lines, in its own file. What it silences is gone: from every report,
from the counts and from what a run's exit code goes by.

One that silenced nothing is reported, save where its rule follows the calendar: there the finding may be back
tomorrow, and a run must not change its mind overnight. It counts as needed, too, where its rule is off for the status
or severity of this postmortem only.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import accumulate

from postmortems.check.registry import find_rule, suggest_rule
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem
from postmortems.model.waiver import Waiver


class Waivers:
    """The waivers of a corpus, and which of them were needed so far."""

    def __init__(self, corpus: Corpus) -> None:
        documents: tuple[Postmortem | Pattern, ...] = (*corpus.postmortems, *corpus.patterns)
        self._all = [waiver for document in documents for waiver in document.waivers]
        self._needed: set[Waiver] = set()
        in_force: defaultdict[tuple[str, str], list[Waiver]] = defaultdict(list)
        for waiver in self._all:
            rule = find_rule(waiver.rule)
            if rule and rule.may_be_waived and waiver.reason:
                in_force[waiver.place.path, rule.name].append(waiver)
        self._in_force = {key: _Stack(waivers) for key, waivers in in_force.items()}

    def silence(self, problem: Problem) -> bool:
        """True if a problem is waived; the waiver nearest above it has then been needed."""
        stack = self._in_force.get((problem.place.path, problem.rule))
        waiver = stack.covering(problem.place.line) if stack else None
        if waiver is None:
            return False
        self._needed.add(waiver)
        return True

    def problems(self, off: Collection[str]) -> Iterator[Problem]:
        """Problems with waivers; call after `silence` has seen all findings. `off`: names of disabled rules."""
        for waiver in self._all:
            rule = find_rule(waiver.rule)
            if rule is None:
                yield _without_force(waiver, f'"{waiver.rule[:80]}" is not a rule', suggest_rule(waiver.rule[:80]))
            elif not rule.may_be_waived:
                advice = "fix it, or change the rule's level in the settings"
                yield _without_force(waiver, f'"{waiver.rule}" cannot be waived', advice)
            elif not waiver.reason:
                message = f'the waiver for "{waiver.rule}" has no reason'
                yield _without_force(waiver, message, f'add a reason after a colon: "allow {waiver.rule}: …"')
            elif rule.name in off:
                yield _unused(waiver, "the rule is off")
            elif waiver not in self._needed and not rule.follows_calendar:
                last = f" to {waiver.last}" if waiver.last > waiver.first else ""
                yield _unused(waiver, f"the rule finds nothing on line{'s' if last else ''} {waiver.first}{last}")


class _Stack:
    """The waivers of one rule in one file, to be asked by line."""

    def __init__(self, waivers: list[Waiver]) -> None:
        self.waivers = sorted(waivers, key=lambda waiver: waiver.first)
        # How far any waiver up to here reaches, so that a search can end early.
        self.reach = list(accumulate((waiver.last for waiver in self.waivers), max))

    def covering(self, line: int) -> Waiver | None:
        """The waiver that covers a line, the nearest of several."""
        index = bisect_right(self.waivers, line, key=lambda waiver: waiver.first) - 1
        while index >= 0 and self.reach[index] >= line:
            if self.waivers[index].last >= line:
                return self.waivers[index]
            index -= 1
        return None


def _without_force(waiver: Waiver, message: str, advice: str) -> Problem:
    return Problem("unused-waiver", waiver.place, message, advice, level=Level.WARNING)


def _unused(waiver: Waiver, why: str) -> Problem:
    return Problem("unused-waiver", waiver.place, f'the waiver for "{waiver.rule}" is unused: {why}', "remove it")

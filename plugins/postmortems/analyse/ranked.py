"""One length of all incidents in order, so that what is left without a few of them costs only these few."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from postmortems.analyse.measures import LENGTHS, Measure, at_least
from postmortems.analyse.statistics import Rest, Summary, summarise
from postmortems.model.durations import Durations
from postmortems.model.postmortem import Postmortem


@dataclass(frozen=True, slots=True)
class Ranked:
    """One length of some incidents: the known values in ascending order, and each path's place among them.

    The same for `censored` ones, which are known to have lasted at least so long, and are among the `missing`.
    """

    ordered: tuple[timedelta, ...]
    places: Mapping[str, int]
    missing: int
    censored: tuple[timedelta, ...] = ()
    censored_places: Mapping[str, int] = field(default_factory=dict)

    def without(self, members: Iterable[Postmortem]) -> tuple[Rest, Summary]:
        """The known values of all incidents but `members`, in order, and their summary."""
        paths = [member.path for member in members]
        places = [self.places[path] for path in paths if path in self.places]
        bounds = [self.censored_places[path] for path in paths if path in self.censored_places]
        rest = Rest(self.ordered, places)
        missing = self.missing - (len(paths) - len(places))
        return rest, summarise(rest, missing, Rest(self.censored, bounds))


def ranked(measure: Measure, incidents: Iterable[Postmortem], durations: Mapping[str, Durations]) -> Ranked:
    """One length of some incidents, whose durations are given by path."""
    lengths = [(durations[incident.path], incident.path) for incident in incidents]
    known = sorted((value, path) for of, path in lengths if (value := LENGTHS[measure](of)) is not None)
    censored = sorted((value, path) for of, path in lengths if (value := at_least(measure, of)) is not None)
    return Ranked(
        tuple(value for value, _ in known),
        {path: place for place, (_, path) in enumerate(known)},
        len(lengths) - len(known),
        tuple(value for value, _ in censored),
        {path: place for place, (_, path) in enumerate(censored)},
    )

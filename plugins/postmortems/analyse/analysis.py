"""What one build knows about the corpus, computed once and looked up by every page.

Everything in here grows linearly with the corpus, and nothing that a single page asks costs more than that page.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from postmortems.analyse.actions import ActionCounts, action_counts, standings
from postmortems.analyse.completion import Completion, completion
from postmortems.analyse.durations import durations
from postmortems.analyse.evidence import LENGTHS, Clock, Evidence, at_least
from postmortems.analyse.insight import Insight
from postmortems.analyse.metrics import Metrics, metrics_of
from postmortems.analyse.neighbours import Neighbours, neighbours
from postmortems.analyse.occurrences import Occurrences, occurrences
from postmortems.analyse.owners import Owner, owners
from postmortems.analyse.publication import DraftDue, drafts_due
from postmortems.analyse.related import RelatedIndex
from postmortems.analyse.reviews import Reviews
from postmortems.analyse.services import Service, services
from postmortems.analyse.statistics import Rest, Summary, summarise
from postmortems.analyse.tracked_actions import Board, Promise, board, promises
from postmortems.analyse.trends import Trend, trends
from postmortems.model.action_item import ActionStanding
from postmortems.model.corpus import Corpus
from postmortems.model.durations import Durations
from postmortems.model.postmortem import Postmortem
from postmortems.model.related import Recurrence
from postmortems.settings import Settings
from postmortems.text.slug import slug


@dataclass(frozen=True, slots=True)
class Ranked:
    """One length of all counted incidents: the known values in ascending order, and each path's place among them.

    The same for `censored` ones, which are known to have lasted at least so long, and are among the `missing`.
    """

    ordered: tuple[timedelta, ...]
    places: Mapping[str, int]
    missing: int
    censored: tuple[timedelta, ...] = ()
    censored_places: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Analysis:
    """The corpus on a day.

    `incidents` are the postmortems that figures count (no drills, no near misses), oldest first. `years` holds all
    postmortems of a year, oldest first; those whose year nothing tells stand under None. Everything that belongs to
    one postmortem is looked up by its path, since two may claim one id. `completion` is None without a register.
    """

    today: date
    postmortems: tuple[Postmortem, ...]
    incidents: tuple[Postmortem, ...]
    years: Mapping[int | None, tuple[Postmortem, ...]]
    durations: Mapping[str, Durations]
    action_counts: Mapping[str, ActionCounts]
    occurrences: Mapping[str, Occurrences]
    services: Mapping[str, Service]
    neighbours: Mapping[str, Neighbours]
    completion: Completion | None
    insight: Insight

    def durations_of(self, postmortem: Postmortem) -> Durations:
        """How long things took in one incident."""
        return self.durations[postmortem.path]

    def standings_of(self, postmortem: Postmortem) -> tuple[ActionStanding, ...]:
        """The action items of one postmortem as they stand, in the order of the text."""
        return self.insight.standings_of(postmortem)

    def action_counts_of(self, postmortem: Postmortem) -> ActionCounts:
        """How far the action items of one postmortem are."""
        return self.action_counts[postmortem.path]

    @property
    def related(self) -> RelatedIndex:
        """Which incidents resemble each other; made when it is first asked for."""
        return self.insight.related

    @property
    def recurrences(self) -> Mapping[str, Recurrence]:
        """What of each incident has happened before, by its path; made when it is first asked for."""
        return self.insight.recurrences

    @cached_property
    def trends(self) -> Mapping[str, Trend]:
        """Whether each pattern grows or has gone quiet, by its id."""
        return trends(self.occurrences, self.incidents, self.today)

    @cached_property
    def repeated_by(self) -> Mapping[str, tuple[Postmortem, ...]]:
        """The postmortems that name one in `repeat_of`, by the id of the one that is named."""
        found: defaultdict[str, list[Postmortem]] = defaultdict(list)
        for postmortem in self.postmortems:
            for name in dict.fromkeys(postmortem.front_matter.repeat_of):
                found[name].append(postmortem)
        return {name: tuple(several) for name, several in found.items()}

    @cached_property
    def root_causes(self) -> Mapping[str, int]:
        """In how many incidents each root cause is counted, by its slug."""
        return Counter(slug(one.root_cause) for one in self.incidents if one.root_cause)

    @cached_property
    def detection(self) -> Ranked:
        """The times to detect of all incidents."""
        return self._ranked(Clock.DETECT)

    @cached_property
    def recovery(self) -> Ranked:
        """The times to recover of all incidents."""
        return self._ranked(Clock.RECOVER)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days of all incidents that have one, in order."""
        return tuple(one.day for one in self.incidents if one.day)

    @cached_property
    def months(self) -> Mapping[tuple[int, int], int]:
        """How many incidents each month has, of the months that have any."""
        return Counter((day.year, day.month) for day in self.days)

    @cached_property
    def all_actions(self) -> ActionCounts:
        """The action items of all incidents together."""
        return self.board.counts

    @cached_property
    def with_open_actions(self) -> int:
        """How many incidents have an open action item."""
        return sum(self.action_counts_of(one).open > 0 for one in self.incidents)

    @cached_property
    def promises(self) -> Mapping[str, tuple[Promise, ...]]:
        """The action items of every incident, by its path."""
        return {one.path: promises([one], self.standings_of, self.today) for one in self.incidents}

    def promises_of(self, postmortem: Postmortem) -> tuple[Promise, ...]:
        """The action items of one incident; of a drill none."""
        return self.promises.get(postmortem.path, ())

    @cached_property
    def board(self) -> Board:
        """The action items of all incidents, by how they stand."""
        return board(one for members in self.promises.values() for one in members)

    @cached_property
    def board_apart(self) -> Board:
        """The action items of near misses and drills, which no figure counts."""
        apart = [one for one in self.postmortems if not one.is_incident]
        return board(promises(apart, self.standings_of, self.today))

    @cached_property
    def owners(self) -> Mapping[str, Owner]:
        """Every owner of a postmortem or an action item, by its slug."""
        return owners(self.postmortems, (one for members in self.promises.values() for one in members))

    def owner_name(self, postmortem: Postmortem) -> str | None:
        """The owner of a postmortem, in the spelling that most use."""
        name = postmortem.front_matter.owner
        return self.owners[slug(name)].name if name else None

    @cached_property
    def reviews(self) -> Reviews:
        """What the review of each month looks at."""
        every = (one for members in self.promises.values() for one in members)
        return Reviews(self.postmortems, self.occurrences, every, self.insight.recurrence_of)

    @cached_property
    def drafts_due(self) -> Mapping[str, DraftDue]:
        """The postmortems that are still to be published, by their path; the one due first comes first."""
        return drafts_due(self.insight.corpus, self.insight.settings)

    @cached_property
    def metrics(self) -> Metrics:
        """All figures of the metrics page, computed when they are first asked for."""
        return metrics_of(
            Evidence(
                incidents=self.incidents,
                durations=self.durations,
                standings={one.path: self.standings_of(one) for one in self.incidents},
                occurrences=self.occurrences,
                services=self.services,
                patterns=self.insight.corpus.pattern_by_id,
                settings=self.insight.settings,
                today=self.today,
            ),
            self.completion,
            self.recurrences,
        )

    def summary(self, members: Iterable[Postmortem], clock: Clock) -> Summary:
        """One length over some incidents; the caller leaves out what no figure counts."""
        lengths = [self.durations_of(one) for one in members]
        known = sorted(value for one in lengths if (value := LENGTHS[clock](one)) is not None)
        censored = sorted(value for one in lengths if (value := at_least(clock, one)) is not None)
        return summarise(known, len(lengths) - len(known), censored)

    def rest(self, members: Iterable[Postmortem], ranked: Ranked) -> tuple[Rest, Summary]:
        """The known values of all incidents but `members`, in order, and their summary."""
        paths = [one.path for one in members]
        places = [ranked.places[path] for path in paths if path in ranked.places]
        bounds = [ranked.censored_places[path] for path in paths if path in ranked.censored_places]
        rest = Rest(ranked.ordered, places)
        missing = ranked.missing - (len(paths) - len(places))
        return rest, summarise(rest, missing, Rest(ranked.censored, bounds))

    def _ranked(self, clock: Clock) -> Ranked:
        lengths = [(self.durations_of(one), one.path) for one in self.incidents]
        known = sorted((value, path) for one, path in lengths if (value := LENGTHS[clock](one)) is not None)
        censored = sorted((value, path) for one, path in lengths if (value := at_least(clock, one)) is not None)
        return Ranked(
            tuple(value for value, _ in known),
            {path: place for place, (_, path) in enumerate(known)},
            len(self.incidents) - len(known),
            tuple(value for value, _ in censored),
            {path: place for place, (_, path) in enumerate(censored)},
        )


def analyse(corpus: Corpus, settings: Settings, today: date, insight: Insight | None = None) -> Analysis:
    """The analysis of a corpus on a day; linear in its size.

    `insight` is what the rules have asked already, where they have: what it holds is not computed again.
    """
    years: defaultdict[int | None, list[Postmortem]] = defaultdict(list)
    for postmortem in corpus.postmortems:
        years[postmortem.year].append(postmortem)
    return Analysis(
        today=today,
        postmortems=corpus.postmortems,
        incidents=tuple(one for one in corpus.postmortems if one.is_incident),
        years={year: tuple(members) for year, members in years.items()},
        durations={one.path: durations(one, settings) for one in corpus.postmortems},
        action_counts={one.path: action_counts(standings(one, settings, today)) for one in corpus.postmortems},
        occurrences=occurrences(corpus.postmortems, corpus.patterns),
        services=services(corpus.postmortems),
        neighbours=neighbours(corpus.postmortems),
        completion=completion(corpus, settings, today),
        insight=insight or Insight(corpus, settings, today),
    )

"""Everything known about a corpus on a day: the one object that rules, pages and data files ask."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar, cast

from postmortems.analyse.action_board import ActionBoard, board
from postmortems.analyse.actions import ActionCounts, action_counts, counted_actions
from postmortems.analyse.completion import Completion, completion_of
from postmortems.analyse.durations import durations
from postmortems.analyse.kept_repeats import KeepRepeats, found_anew
from postmortems.analyse.measures import LENGTHS, Measure, at_least
from postmortems.analyse.neighbours import PrevNext, neighbours
from postmortems.analyse.occurrences import Occurrences, occurrences
from postmortems.analyse.owners import Owner, owners
from postmortems.analyse.publication import DraftDue, drafts_due, publication_due, register_statuses
from postmortems.analyse.ranked import Ranked, ranked
from postmortems.analyse.recurrence import recurrences
from postmortems.analyse.related import RelatedIndex
from postmortems.analyse.reviews import Reviews
from postmortems.analyse.services import Service, services
from postmortems.analyse.statistics import Summary, summarise
from postmortems.analyse.tokens import WordsOf, words_of
from postmortems.analyse.trends import Trend, trends
from postmortems.model.corpus import Corpus
from postmortems.model.dated_action import DatedAction
from postmortems.model.durations import Durations
from postmortems.model.history import ReadHistory, no_history
from postmortems.model.postmortem import Postmortem
from postmortems.model.register import RegisterStatus
from postmortems.model.related import Recurrence, Related
from postmortems.settings import Settings
from postmortems.text.slug import slug

Figures = TypeVar("Figures")


@dataclass(frozen=True, eq=False)
class Analysis:
    """The corpus on a day; each answer is computed when it is first asked for, and grows linearly with the corpus.
    What belongs to one postmortem is looked up by its path, since two may claim one id."""

    corpus: Corpus
    settings: Settings
    today: date
    read_history: ReadHistory = no_history
    words_of: WordsOf = words_of
    keep_repeats: KeepRepeats = found_anew

    @property
    def postmortems(self) -> tuple[Postmortem, ...]:
        """All postmortems, oldest first."""
        return self.corpus.postmortems

    @cached_property
    def incidents(self) -> tuple[Postmortem, ...]:
        """The postmortems that figures count (no drills, no near misses), oldest first."""
        return tuple(postmortem for postmortem in self.postmortems if postmortem.is_incident)

    @cached_property
    def years(self) -> Mapping[int | None, tuple[Postmortem, ...]]:
        """All postmortems of each year, oldest first; under None those whose year is unknown."""
        years: defaultdict[int | None, list[Postmortem]] = defaultdict(list)
        for postmortem in self.postmortems:
            years[postmortem.year].append(postmortem)
        return {year: tuple(members) for year, members in years.items()}

    @cached_property
    def _durations(self) -> Mapping[str, Durations]:
        return {postmortem.path: durations(postmortem, self.settings) for postmortem in self.postmortems}

    def durations_of(self, postmortem: Postmortem) -> Durations:
        """The lengths of one incident."""
        return self._durations[postmortem.path]

    @cached_property
    def _dated_actions(self) -> dict[str, tuple[DatedAction, ...]]:
        return {}

    def actions_of(self, postmortem: Postmortem) -> tuple[DatedAction, ...]:
        """The action items of one postmortem that count, with their due dates, in the order of the text."""
        if postmortem.path not in self._dated_actions:
            self._dated_actions[postmortem.path] = counted_actions(postmortem, self.settings, self.today)
        return self._dated_actions[postmortem.path]

    def action_counts_of(self, postmortem: Postmortem) -> ActionCounts:
        """The action items of one postmortem, counted by state."""
        return action_counts(self.actions_of(postmortem))

    @cached_property
    def occurrences(self) -> Mapping[str, Occurrences]:
        """The incidents of each pattern, by its id."""
        return occurrences(self.postmortems, self.corpus.patterns)

    @cached_property
    def services(self) -> Mapping[str, Service]:
        """Every service that a postmortem names, by its slug."""
        return services(self.postmortems)

    @cached_property
    def neighbours(self) -> Mapping[str, PrevNext]:
        """The postmortems before and after each one, by its path."""
        return neighbours(self.postmortems)

    @cached_property
    def completion(self) -> Completion | None:
        """Completion of the register; None without a register."""
        return None if self.corpus.register is None else completion_of(self.register_statuses())

    def register_statuses(self) -> tuple[RegisterStatus, ...]:
        """Every entry of the register as it is on this day, in the order of the file."""
        return register_statuses(self.corpus, self.settings, self.today)

    def publication_due(self, postmortem: Postmortem) -> date | None:
        """The last day on which publishing a postmortem is in time; None if it never falls due."""
        return publication_due(postmortem, self.corpus, self.settings)

    @cached_property
    def related(self) -> RelatedIndex:
        """Index of the incidents that resemble each other."""
        return RelatedIndex(self.postmortems, self.words_of)

    def worth_reading(self, postmortem: Postmortem) -> tuple[Related, ...]:
        """The incidents to read beside this one, the most alike first, without declared repeats either way."""
        later = (other.id for other in self.repeated_by.get(postmortem.id, ()))
        return self.related.worth_reading(postmortem, frozenset((*postmortem.front_matter.repeat_of, *later)))

    @cached_property
    def recurrences(self) -> Mapping[str, Recurrence]:
        """Declared and suspected repeats of each incident, by its path."""
        return self.keep_repeats(lambda: recurrences(self.corpus, self.related, self.settings.repeat_window))

    def recurrence_of(self, postmortem: Postmortem) -> Recurrence:
        """Declared and suspected repeats of one incident; empty for drills."""
        return self.recurrences.get(postmortem.path, Recurrence())

    @cached_property
    def trends(self) -> Mapping[str, Trend]:
        """The trend of each pattern, growing or gone quiet, by its id."""
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
        """Number of incidents of each root cause, by its slug."""
        return Counter(slug(incident.root_cause) for incident in self.incidents if incident.root_cause)

    @cached_property
    def detection(self) -> Ranked:
        """The times to detect of all incidents."""
        return ranked(Measure.DETECT, self.incidents, self._durations)

    @cached_property
    def recovery(self) -> Ranked:
        """The times to recover of all incidents."""
        return ranked(Measure.RECOVER, self.incidents, self._durations)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The days of all incidents that have one, in order."""
        return tuple(incident.day for incident in self.incidents if incident.day)

    @cached_property
    def months(self) -> Mapping[tuple[int, int], int]:
        """Number of incidents of each month that has any."""
        return Counter((day.year, day.month) for day in self.days)

    @cached_property
    def with_open_actions(self) -> int:
        """Number of incidents with an open action item."""
        return sum(self.action_counts_of(incident).open > 0 for incident in self.incidents)

    @cached_property
    def incident_actions(self) -> tuple[DatedAction, ...]:
        """The action items of all incidents, those of the oldest first."""
        return tuple(action for incident in self.incidents for action in self.actions_of(incident))

    @cached_property
    def board(self) -> ActionBoard:
        """The action items of all incidents, by their status."""
        return board(self.incident_actions)

    @cached_property
    def board_apart(self) -> ActionBoard:
        """The action items of near misses and drills, which no figure counts."""
        return board(action for apart in self.postmortems if not apart.is_incident for action in self.actions_of(apart))

    @cached_property
    def owners(self) -> Mapping[str, Owner]:
        """Every owner of a postmortem or an action item, by its slug."""
        return owners(self.postmortems, self.incident_actions)

    def owner_name(self, postmortem: Postmortem) -> str | None:
        """The owner of a postmortem, in the spelling that most use."""
        name = postmortem.front_matter.owner
        return self.owners[slug(name)].name if name else None

    @cached_property
    def reviews(self) -> Reviews:
        """The reviews of all months."""
        return Reviews(self.postmortems, self.occurrences, self.incident_actions, self.recurrence_of)

    @cached_property
    def drafts_due(self) -> Mapping[str, DraftDue]:
        """The postmortems that are still to be published, by their path; the one due first comes first."""
        return drafts_due(self.corpus, self.settings)

    def once(self, figures: Callable[[Analysis], Figures]) -> Figures:
        """`figures(self)`, computed at the first call: what is made of the whole corpus, such as its metrics."""
        if figures not in self._known:
            self._known[figures] = figures(self)
        return cast(Figures, self._known[figures])

    @cached_property
    def _known(self) -> dict[Callable[[Analysis], object], object]:
        return {}

    def length(self, postmortem: Postmortem, clock: Measure) -> timedelta | None:
        """One length of one incident; None where it is unknown."""
        return LENGTHS[clock](self.durations_of(postmortem))

    def at_least(self, postmortem: Postmortem, clock: Measure) -> timedelta | None:
        """Lower bound of a length of one incident; None where the length is known, or no bound is."""
        return at_least(clock, self.durations_of(postmortem))

    def pattern_name(self, pattern: str) -> str:
        """The name of a pattern on pages: its title, or its id where it has no page."""
        page = self.corpus.pattern_by_id.get(pattern)
        return page.title if page else pattern

    def summary(self, members: Iterable[Postmortem], clock: Measure) -> Summary:
        """One length over some incidents; the caller leaves out what no figure counts."""
        lengths = [self.durations_of(member) for member in members]
        known = sorted(value for measured in lengths if (value := LENGTHS[clock](measured)) is not None)
        censored = sorted(value for measured in lengths if (value := at_least(clock, measured)) is not None)
        return summarise(known, len(lengths) - len(known), censored)

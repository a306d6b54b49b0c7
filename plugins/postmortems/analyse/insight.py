"""What the rules may ask of analysis, each answer computed when it is asked for.

The rules and analysis never import each other: `check.rule.Insight` says what a rule may ask, this answers it, and
the journey brings both together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from postmortems.analyse.actions import standings
from postmortems.analyse.durations import durations
from postmortems.analyse.publication import publication_due, register_standings
from postmortems.analyse.recurrence import recurrences
from postmortems.analyse.related import RelatedIndex
from postmortems.model.action_item import ActionStanding
from postmortems.model.corpus import Corpus
from postmortems.model.durations import Durations
from postmortems.model.postmortem import Postmortem
from postmortems.model.register import RegisterStanding
from postmortems.model.related import Recurrence, Related
from postmortems.settings import Settings


@dataclass(frozen=True)
class Insight:
    """A corpus on a day, to be asked about single postmortems."""

    corpus: Corpus
    settings: Settings
    today: date

    def durations_of(self, postmortem: Postmortem) -> Durations:
        """How long things took in one incident."""
        return durations(postmortem, self.settings)

    def standings_of(self, postmortem: Postmortem) -> tuple[ActionStanding, ...]:
        """Every action item of a postmortem as it stands today, in the order of the text."""
        return standings(postmortem, self.settings, self.today)

    def publication_due(self, postmortem: Postmortem) -> date | None:
        """The last day on which publishing a postmortem is in time; None where it never falls due."""
        return publication_due(postmortem, self.corpus, self.settings)

    def register_standings(self) -> tuple[RegisterStanding, ...]:
        """Every entry of the register as it stands today, in the order of the file."""
        return register_standings(self.corpus, self.settings, self.today)

    def earlier_like(self, postmortem: Postmortem, count: int = 3) -> tuple[Related, ...]:
        """The earlier incidents that resemble this one most, at most `count`, each with its reasons."""
        return self.related.earlier(postmortem, count)

    def recurrence_of(self, postmortem: Postmortem) -> Recurrence:
        """What of an incident has happened before, declared or suspected; of a drill nothing."""
        return self.recurrences.get(postmortem.path, Recurrence())

    @cached_property
    def related(self) -> RelatedIndex:
        """Which incidents resemble each other."""
        return RelatedIndex(self.corpus.postmortems)

    @cached_property
    def recurrences(self) -> Mapping[str, Recurrence]:
        """The recurrence of every incident, by its path."""
        return recurrences(self.corpus, self.related, self.settings.repeat_window)

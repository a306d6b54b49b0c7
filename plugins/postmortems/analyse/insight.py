"""What the rules may ask of analysis, each answer computed when it is asked for.

The rules and analysis never import each other: `check.rule.Insight` says what a rule may ask, this answers it, and
the journey brings both together.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from postmortems.analyse.actions import standings
from postmortems.analyse.durations import durations
from postmortems.analyse.publication import publication_due, register_standings
from postmortems.model.action_item import ActionStanding
from postmortems.model.corpus import Corpus
from postmortems.model.durations import Durations
from postmortems.model.postmortem import Postmortem
from postmortems.model.register import RegisterStanding
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

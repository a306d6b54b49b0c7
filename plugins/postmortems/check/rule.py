"""Rules as values: name and weight, page, and the functions that look at what was read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from postmortems.check.summary import Examined, Summary, summary_of
from postmortems.model.corpus import Corpus
from postmortems.model.dated_action import DatedAction
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.durations import Durations
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem
from postmortems.model.register import RegisterStatus
from postmortems.model.related import Recurrence
from postmortems.settings import Settings


class Questions(Protocol):
    """Questions that a rule may ask of analysis. The rooms never import each other; `analyse.analysis.Analysis`
    answers."""

    def durations_of(self, postmortem: Postmortem, /) -> Durations:
        """Lengths of one incident, and its detection target."""

    def actions_of(self, postmortem: Postmortem, /) -> tuple[DatedAction, ...]:
        """Every action item of a postmortem with its due date, as it is today, in the order of the text."""

    def publication_due(self, postmortem: Postmortem, /) -> date | None:
        """The last day on which publishing a postmortem is in time; None where it never falls due."""

    def register_statuses(self) -> tuple[RegisterStatus, ...]:
        """Every entry of the register as it is today, in the order of the file."""

    def recurrence_of(self, postmortem: Postmortem, /) -> Recurrence:
        """Earlier incidents that one repeats, declared or suspected; empty for drills."""


@dataclass(frozen=True, slots=True)
class Context:
    """Context of an examination: all that a rule may look at besides the thing itself; neither clock nor disk.

    `today` is the day that the run is for, in UTC; `now` is the clock, which differs where the run is given a day.
    `examined` is what is known of postmortems by themselves, by path: of whichever is not in it, the text is asked.
    """

    corpus: Corpus
    settings: Settings
    analysis: Questions
    today: date
    now: datetime
    examined: Mapping[str, Examined] = field(default_factory=dict)

    def summary_of(self, document: Postmortem | Pattern) -> Summary:
        """The summary of a document. Rules of the corpus ask for it, since to load each text would take long."""
        known = self.examined.get(document.path)
        return known.summary if known else summary_of(document, self.corpus.sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing that can be wrong.

    `name` is the bad thing, so that "allow <name>" reads well; `level` is its weight where the settings say nothing.
    `page` is its documentation in Markdown, taken from its module's docstring, with the headings of `pages.HEADINGS`;
    the page's examples are its tests.

    A rule examines each postmortem, each pattern, the corpus, or several of them. Problems that reading finds itself
    are attached to what was read, and `found_while_reading` says that the rule speaks for some of those.
    """

    code: str
    name: str
    level: Level
    page: str | None
    examine_postmortem: Callable[[Postmortem, Context], Iterable[Problem]] | None = None
    examine_pattern: Callable[[Pattern, Context], Iterable[Problem]] | None = None
    examine_corpus: Callable[[Corpus, Context], Iterable[Problem]] | None = None
    found_while_reading: bool = False
    is_local: bool = True
    """True if one file decides what `examine_postmortem` and `examine_pattern` find in it: the file with the
    `timeline.json` beside it, the settings, the template and, if `follows_calendar`, the day. What it finds is kept as
    long as these stay the same. False for a rule of the corpus, whose findings in a file may change with another one:
    it goes by the facts of postmortems (`check.facts`), and its messages name no line of one.
    `examine_corpus` is of the corpus by itself."""
    softened_in_drafts: bool = False
    follows_references: bool = False
    """True if a change in one file can break it in another: it speaks of what a text refers to."""
    may_be_waived: bool = True
    """True if a comment in a file may allow it to be broken there. False if the file cannot be trusted without the
    rule."""
    follows_calendar: bool = False
    """True if a day gone by is enough to break it: such a rule never fails a run, or main would go red overnight."""

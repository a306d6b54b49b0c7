"""Examination of each postmortem by itself, while its text is at hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from hashlib import blake2b

from postmortems.check.moments import latest
from postmortems.check.rule import Context, Questions
from postmortems.check.rules import time_in_the_future
from postmortems.check.run import calendar_problems, local_problems
from postmortems.check.summary import Examined, summary_of
from postmortems.model.corpus import Corpus
from postmortems.model.postmortem import Postmortem
from postmortems.model.source_repository import Sources
from postmortems.settings import Settings

_LAST_DAY = date.max


@dataclass(frozen=True)
class LocalExaminer:
    """Examiner of the postmortems of one run, on a day. `words_of` gives the words by which one is compared with
    others, `compared_by` all that it is compared by as text, given these words, and `analysis` answers the rules'
    questions about a corpus of one, on a day."""

    settings: Settings
    today: date
    now: datetime
    words_of: Callable[[Postmortem], Sequence[str]]
    compared_by: Callable[[Postmortem, Sequence[str]], str]
    analysis: Callable[[Corpus, date], Questions]

    def examine(self, postmortem: Postmortem, templates: tuple[str, ...]) -> Examined:
        """Find what is to be known of a postmortem by itself."""
        folder, sources = self.settings.folder, Sources.of(self.settings.sources, self.settings.folder)
        alone = Corpus(folder=folder, template_texts=templates, sources=sources).alone(postmortem)
        context = Context(alone, self.settings, self.analysis(alone, self.today), self.today, self.now)
        in_the_end = replace(context, analysis=self.analysis(alone, _LAST_DAY), today=_LAST_DAY)
        follows_calendar = any(calendar_problems(postmortem, in_the_end))
        # Asked whether or not the rule is off: other rules, too, leave out what has not happened yet.
        is_ahead = any(time_in_the_future.examine(postmortem, context))
        words = self.words_of(postmortem)
        compared_by = self.compared_by(postmortem, words).encode("utf-8", "surrogatepass")
        return Examined(
            summary_of(postmortem, sources),
            tuple(local_problems(postmortem, context)),
            " ".join(words),
            blake2b(compared_by, digest_size=20).digest(),
            self.today if follows_calendar else None,
            None if is_ahead else latest(context),
        )

    def holds(self, examined: object) -> bool:
        """True if an earlier examination says what this one would."""
        if not isinstance(examined, Examined) or examined.since is None:
            return False
        return examined.only_on in (None, self.today) and self._latest >= examined.since

    @cached_property
    def _latest(self) -> datetime:
        return latest(Context(Corpus(), self.settings, self.analysis(Corpus(), self.today), self.today, self.now))

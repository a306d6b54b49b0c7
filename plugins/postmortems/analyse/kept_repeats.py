"""Repeats of an earlier run: as long as nothing has changed that they are found by, they are what they were."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from postmortems.model.corpus import Corpus
from postmortems.model.link_targets import links_of
from postmortems.model.postmortem import Postmortem
from postmortems.model.related import Reason, Recurrence, Suspicion

Recurrences = Mapping[str, Recurrence]
"""The recurrence of every incident, by its path."""

KeepRepeats = Callable[[Callable[[], Recurrences]], Recurrences]
"""A function that gives the repeats of a corpus: those of an earlier run, or else what it calls to find them."""

_Row = tuple[str, tuple[str, ...], tuple[tuple[str, tuple[Reason, ...], int | None], ...]]


def found_anew(find: Callable[[], Recurrences]) -> Recurrences:
    """The repeats as they are found, with nothing kept."""
    return find()


def compared_by(postmortem: Postmortem, words: Iterable[str]) -> str:
    """All of a postmortem by which repeats are found, as text; `words` are those by which it is compared."""
    matter = postmortem.front_matter
    named = (matter.title, matter.kind, matter.services, matter.owner, matter.root_cause, matter.trigger)
    told = (matter.started_at, matter.date, matter.patterns, matter.repeat_of, matter.not_repeat_of)
    # Where a link is makes no difference: one more line above it moves no repeat.
    links = [(link.target, link.is_image) for link in links_of(postmortem)]
    return repr((postmortem.path, postmortem.id, named, told, links, " ".join(words)))


def by_path(found: Recurrences) -> tuple[_Row, ...]:
    """Repeats as they can be kept: with the paths of the postmortems in their place."""
    return tuple(
        (
            path,
            tuple(earlier.path for earlier in recurrence.declared),
            tuple((each.earlier.path, each.reasons, each.days_apart) for each in recurrence.suspected),
        )
        for path, recurrence in found.items()
        if recurrence.declared or recurrence.suspected
    )


def of_corpus(rows: Iterable[_Row], corpus: Corpus) -> Recurrences:
    """Repeats that were kept, with the postmortems of a corpus."""
    documents = corpus.by_path
    found = {
        path: Recurrence(
            tuple(documents[earlier] for earlier in declared),
            tuple(Suspicion(documents[earlier], reasons, days) for earlier, reasons, days in suspected),
        )
        for path, declared, suspected in rows
    }
    return {
        postmortem.path: found.get(postmortem.path, Recurrence())
        for postmortem in corpus.postmortems
        if not postmortem.is_drill
    }

"""Inputs of the answers about a whole knowledge base: all that these see of it, as digests.

To ask the corpus and its analysis everything again takes seconds, and after an edit of a text nearly all answers are
the same. For of a text they see a few own answers (`_OF_TEXT`), and the words by which incidents are compared, which
only `_BY_WORDS` depend on. A test asks each of them anew and looks at what it reads.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field, fields

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.findings.whole_list import says_partial
from postmortems.analyse.passages import FACTORS, passages
from postmortems.model.corpus import Corpus
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import NOT_READ, Postmortem
from postmortems.publish.incremental.answers import Read
from postmortems.publish.incremental.values import digest
from postmortems.publish.incremental.watching import shortened

_UNSEEN = ("body", "timeline", "excerpts", "waivers", "key", *NOT_READ)
_SEEN = ("title", *(each.name for each in fields(Postmortem) if each.name not in _UNSEEN))
"""The attributes of a postmortem that answers see."""

_OF_TEXT: tuple[Callable[[Postmortem], object], ...] = (
    says_partial,
    lambda postmortem: passages(postmortem, FACTORS),
    lambda postmortem: postmortem.timeline.events,
)
"""Functions for all that they see of its text, and of its timeline, which also has its lines."""

_BY_WORDS = frozenset({"recurrence_of", "recurrences", "related", "reviews", "worth_reading"})
_BY_WORDS_ONCE = frozenset({"headlines", "metrics_of", "overview_of"})
"""Names of answers and, asked by `once`, of functions."""

_AROUND = tuple(each.name for each in fields(Corpus) if each.name not in ("postmortems", "patterns", "files"))


@dataclass(frozen=True)
class Inputs:
    """Digests of what answers see: of each document, by path, `seen` and `words`, and `around` them of all else."""

    around: bytes = b""
    seen: Mapping[str, bytes] = field(default_factory=dict)
    words: Mapping[str, bytes] = field(default_factory=dict)

    def may_change(self, before: Inputs) -> Callable[[Read], bool]:
        """A function that tells which questions may have another answer than when the inputs were those of `before`."""
        if not before.around or self.around != before.around or self.seen != before.seen:
            return lambda read: True
        if self.words == before.words:
            return lambda read: False
        return lambda read: read[2][1][2] in _BY_WORDS_ONCE if read[1] == "once" else read[1] in _BY_WORDS


NOTHING = Inputs()


def inputs_of(analysis: Analysis, same: Set[str] = frozenset(), before: Inputs = NOTHING) -> Inputs:
    """The inputs of this build. Of documents that are the `same` they are those of `before`, if it has any."""
    corpus, seen, words = analysis.corpus, dict[str, bytes](), dict[str, bytes]()
    documents: tuple[Pattern | Postmortem, ...] = (*corpus.patterns, *corpus.postmortems)
    with shortened():
        around = [repr(getattr(corpus, name)) for name in _AROUND]
        for document in documents:
            path = document.path
            if path in same and path in before.seen:
                seen[path], words[path] = before.seen[path], before.words[path]
            elif isinstance(document, Postmortem):
                told = [repr(getattr(document, name)) for name in _SEEN]
                seen[path] = digest(*told, *(repr(answer(document)) for answer in _OF_TEXT))
                words[path] = digest(" ".join(analysis.words_of(document)))
            else:
                seen[path] = digest(*(repr(getattr(document, each.name)) for each in fields(document)))
                words[path] = b""
    known = (str(analysis.today), repr(analysis.read_history()), *around, *sorted(corpus.files))
    return Inputs(digest(*known), seen, words)

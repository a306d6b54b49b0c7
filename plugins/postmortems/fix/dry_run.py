"""Dry run: check files with changed contents without writing them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.kept_repeats import Recurrences, by_path, compared_by, of_corpus
from postmortems.analyse.tokens import words_of as words_in
from postmortems.check.masking import Masking
from postmortems.check.run import check_corpus
from postmortems.check.summary import Examined
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Diagnostic
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem
from postmortems.read.corpus import read_again

DocumentT = TypeVar("DocumentT", Postmortem, Pattern)


@dataclass(frozen=True, slots=True)
class Found:
    """Findings of one file, and its canonical sections by the line of their heading."""

    diagnostics: Sequence[Diagnostic]
    sections: Mapping[int, str]


@dataclass
class Trial:
    """A corpus in which some files can be tried with other bytes, as often as it takes.

    `analysis` is that of the corpus as it is, and `examined` what is known of its postmortems by themselves: of those
    that are left as they are, neither is found again, nor is a text asked for.
    """

    analysis: Analysis
    docs: Path
    masking: Masking
    examined: Mapping[str, Examined] = field(default_factory=dict)
    _read: dict[str, tuple[bytes, Postmortem | Pattern]] = field(default_factory=dict)

    @property
    def corpus(self) -> Corpus:
        """The corpus as it is."""
        return self.analysis.corpus

    def __call__(self, texts: Mapping[str, bytes], only: Collection[str]) -> Mapping[str, Found]:
        """Check the files in `only` as if all in `texts` had these bytes."""
        corpus = replace(
            self.corpus,
            postmortems=tuple(
                sorted(self._with(self.corpus.postmortems, texts), key=lambda document: document.chronology)
            ),
            patterns=tuple(self._with(self.corpus.patterns, texts)),
        )
        found: dict[str, list[Diagnostic]] = {path: [] for path in only}
        settings, today = self.analysis.settings, self.analysis.today
        examined = {path: known for path, known in self.examined.items() if path not in texts}
        for diagnostic in check_corpus(
            corpus,
            settings,
            self._analysis(corpus, texts),
            today,
            only=only,
            masking=self.masking,
            examined=examined,
        ):
            found[diagnostic.place.path].append(diagnostic)
        return {path: Found(several, _sections(corpus.by_path.get(path))) for path, several in found.items()}

    def _analysis(self, corpus: Corpus, texts: Container[str]) -> Analysis:
        def words_of(postmortem: Postmortem) -> Sequence[str]:
            return words_in(postmortem) if postmortem.path in texts else self.analysis.words_of(postmortem)

        def keep_repeats(find: Callable[[], Recurrences]) -> Recurrences:
            tried = [postmortem for postmortem in corpus.postmortems if postmortem.path in texts]
            same = all(self._is_compared_alike(postmortem) for postmortem in tried)
            return of_corpus(by_path(self.analysis.recurrences), corpus) if same else find()

        return Analysis(
            corpus, self.analysis.settings, self.analysis.today, words_of=words_of, keep_repeats=keep_repeats
        )

    def _is_compared_alike(self, tried: Postmortem) -> bool:
        """True if a postmortem that is tried leaves all repeats as they are."""
        before = self.corpus.by_path[tried.path]
        return compared_by(before, self.analysis.words_of(before)) == compared_by(tried, words_in(tried))

    def _with(self, documents: Sequence[DocumentT], texts: Mapping[str, bytes]) -> Iterator[DocumentT]:
        for document in documents:
            data = texts.get(document.path)
            yield document if data is None else self._again(document, data)

    def _again(self, document: DocumentT, data: bytes) -> DocumentT:
        kept = self._read.get(document.path)
        if kept is None or kept[0] != data:
            again = self.corpus.placed(read_again(document, data, self.docs, self.analysis.settings))
            kept = self._read[document.path] = data, again
        found = kept[1]
        assert isinstance(found, type(document))
        return found


def _sections(postmortem: Postmortem | None) -> Mapping[int, str]:
    return {section.line: section.name for section in postmortem.body.walk() if section.name} if postmortem else {}

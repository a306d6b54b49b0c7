"""Dry run: check files with changed contents without writing them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from postmortems.analyse.analysis import Analysis
from postmortems.check.masking import Masking
from postmortems.check.run import check_corpus
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Diagnostic
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem
from postmortems.read.corpus import read_again
from postmortems.settings import Settings

DocumentT = TypeVar("DocumentT", Postmortem, Pattern)


@dataclass(frozen=True, slots=True)
class Found:
    """Findings of one file, and its canonical sections by the line of their heading."""

    diagnostics: Sequence[Diagnostic]
    sections: Mapping[int, str]


@dataclass
class Trial:
    """A corpus in which some files can be tried with other bytes, as often as it takes."""

    corpus: Corpus
    docs: Path
    settings: Settings
    today: date
    masking: Masking
    _read: dict[str, tuple[bytes, Postmortem | Pattern]] = field(default_factory=dict)

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
        analysis = Analysis(corpus, self.settings, self.today)
        for diagnostic in check_corpus(corpus, self.settings, analysis, self.today, only=only, masking=self.masking):
            found[diagnostic.place.path].append(diagnostic)
        return {path: Found(several, _sections(corpus.by_path.get(path))) for path, several in found.items()}

    def _with(self, documents: Sequence[DocumentT], texts: Mapping[str, bytes]) -> Iterator[DocumentT]:
        for document in documents:
            data = texts.get(document.path)
            yield document if data is None else self._again(document, data)

    def _again(self, document: DocumentT, data: bytes) -> DocumentT:
        kept = self._read.get(document.path)
        if kept is None or kept[0] != data:
            again = self.corpus.placed(read_again(document, data, self.docs, self.settings))
            kept = self._read[document.path] = data, again
        found = kept[1]
        assert isinstance(found, type(document))
        return found


def _sections(postmortem: Postmortem | None) -> Mapping[int, str]:
    return {section.line: section.name for section in postmortem.body.walk() if section.name} if postmortem else {}

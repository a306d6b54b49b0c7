"""All postmortems and patterns together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from typing import TypeVar

from postmortems.model.catalogue import Catalogue
from postmortems.model.diagnostic import Problem
from postmortems.model.excerpt import Excerpt
from postmortems.model.left_out import LeftOut
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem
from postmortems.model.register import REGISTER_FILE, Register
from postmortems.model.source_repository import Sources
from postmortems.model.survey import Survey

DocumentT = TypeVar("DocumentT", Postmortem, Pattern, Postmortem | Pattern)


@dataclass(frozen=True)
class Corpus:
    """Everything that was read, and what could not be.

    `postmortems` are in the order of their incidents, oldest first; `patterns` by id. `files` are all files below the
    docs folder, with `/`, so that links can be followed without touching the disk; `folder` is that of the postmortems,
    and `sizes` are the bytes of what it holds that is no Markdown. `problems` belong to files that are neither a
    postmortem nor a pattern, or could not be opened; `excerpts` are lines of such files, artifacts above all, that may
    hold a secret. `register` is None where there is none, and `catalogue` where the settings name no catalogue of
    services. `surveys` are what teams answered in their quarterly reviews. `endless` are folders behind links that no
    program can walk to their end. `left_out` are the files that MkDocs leaves out of the site, and `sources` are other
    repositories whose postmortems are among these.
    """

    postmortems: tuple[Postmortem, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    files: frozenset[str] = frozenset()
    folder: str = "postmortems"
    template_texts: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = field(default=())
    register: Register | None = None
    surveys: tuple[Survey, ...] = ()
    sizes: Mapping[str, int] = field(default_factory=dict)
    catalogue: Catalogue | None = None
    excerpts: tuple[Excerpt, ...] = ()
    endless: tuple[str, ...] = ()
    left_out: Mapping[str, LeftOut] = field(default_factory=dict)
    sources: Sources = field(default_factory=Sources)

    @property
    def register_path(self) -> str:
        """The incident register's place below the docs folder, whether there is one or not."""
        return f"{self.folder}/{REGISTER_FILE}"

    @cached_property
    def register_paths(self) -> frozenset[str]:
        """The places of all incident registers: the docs folder's own, and those of sources."""
        return frozenset((self.register_path, *(f"{source.home}/{REGISTER_FILE}" for source in self.sources.places)))

    def register_of(self, postmortem: Postmortem) -> str:
        """The place of the register of the repository that a postmortem is from."""
        source = self.sources.source_of(postmortem.path)
        return f"{source.home}/{REGISTER_FILE}" if source else self.register_path

    def called(self, path: str) -> str:
        """A file below the docs folder as its repository calls it, with the name of its source if it is another."""
        source = self.sources.source_of(path)
        return f"docs/{source.own(path)} of {source.name}" if source else f"docs/{path}"

    def own_id(self, postmortem: Postmortem) -> str:
        """The id of a postmortem in the repository that it is from: that of a source's begins with its year there."""
        source = self.sources.source_of(postmortem.path)
        return postmortem.id.removeprefix(f"{source.name}/") if source else postmortem.id

    def id_in(self, document: Postmortem, other: Postmortem) -> str:
        """The id by which a document names another one: those of one source have no prefix there."""
        source = self.sources.source_of(document.path)
        return self.own_id(other) if source and source.holds(other.path) else other.id

    def file_of(self, target: str, document: Postmortem | Pattern) -> str | None:
        """The file below the docs folder that `target` names in a document; also None for one of its source that is
        not taken."""
        return self.sources.file_of(target, document.path, self.files)

    def all_excerpts(self) -> Iterator[Excerpt]:
        """Every line of every file that may hold a secret or personal data."""
        for postmortem in self.postmortems:
            yield from postmortem.excerpts
        for pattern in self.patterns:
            yield from pattern.excerpts
        yield from self.excerpts

    def endless_pages(self) -> Iterator[Problem]:
        """Problems that MkDocs would take hours for, or end at, in what it makes into pages."""
        of_documents = (document.problems for documents in (self.postmortems, self.patterns) for document in documents)
        for problem in chain(self.problems, *of_documents):
            if problem.rule == "overcomplex-markup" and problem.place.path not in self.left_out:
                yield problem

    @cached_property
    def by_id(self) -> Mapping[str, Postmortem]:
        """Postmortems by id; of two with one id, the first by path."""
        found: dict[str, Postmortem] = {}
        for postmortem in sorted(self.postmortems, key=lambda postmortem: postmortem.path):
            found.setdefault(postmortem.id, postmortem)
        return found

    def placed(self, document: DocumentT) -> DocumentT:
        """A document that was read again, as it is in this corpus."""
        return self.sources.placed(document, self.by_id.keys()) if isinstance(document, Postmortem) else document

    @cached_property
    def by_path(self) -> Mapping[str, Postmortem]:
        """Postmortems by their file below the docs folder."""
        return {postmortem.path: postmortem for postmortem in self.postmortems}

    def without(self, paths: Set[str]) -> Corpus:
        """The corpus as if these files were not there: nothing of them is left, references to them included."""
        if not paths & self.files:
            return self
        gone = {postmortem.id for postmortem in self.postmortems if postmortem.path in paths}
        gone -= {postmortem.id for postmortem in self.postmortems if postmortem.path not in paths}
        return replace(
            self,
            postmortems=tuple(
                postmortem.without_references(gone) for postmortem in self.postmortems if postmortem.path not in paths
            ),
            patterns=tuple(pattern for pattern in self.patterns if pattern.path not in paths),
            files=self.files - paths,
            problems=tuple(problem for problem in self.problems if problem.place.path not in paths),
            register=self.register and self.register.without(gone),
            surveys=tuple(survey for survey in self.surveys if survey.place.path not in paths),
            sizes={path: size for path, size in self.sizes.items() if path not in paths},
            excerpts=tuple(excerpt for excerpt in self.excerpts if excerpt.path not in paths),
        )

    def sharing(self, before: Corpus) -> Corpus:
        """The same corpus, in which postmortems that are as they were are the objects of before, with the texts
        that these have loaded."""
        was = {postmortem.path: postmortem for postmortem in before.postmortems if postmortem.key}

        def shared(postmortem: Postmortem) -> Postmortem:
            other = was.get(postmortem.path, postmortem)
            return other if (other.key, other.front_matter) == (postmortem.key, postmortem.front_matter) else postmortem

        return replace(self, postmortems=tuple(map(shared, self.postmortems)))

    def alone(self, document: Postmortem | Pattern) -> Corpus:
        """A corpus of this document only, with the templates and the folder: all that a local rule may look at."""
        return Corpus(
            postmortems=(document,) if isinstance(document, Postmortem) else (),
            patterns=(document,) if isinstance(document, Pattern) else (),
            files=frozenset((document.path,)),
            folder=self.folder,
            template_texts=self.template_texts,
            sources=self.sources,
        )

    def owner_of(self, path: str) -> Postmortem | None:
        """The postmortem that a file belongs to: itself, or the one in whose folder it lies."""
        if found := self.by_path.get(path):
            return found
        folder = path.rpartition("/")[0]
        while folder and (found := self.by_path.get(f"{folder}/postmortem.md")) is None:
            folder = folder.rpartition("/")[0]
        return found

    @cached_property
    def pattern_by_id(self) -> Mapping[str, Pattern]:
        """Patterns by id."""
        return {pattern.id: pattern for pattern in self.patterns}

    @cached_property
    def by_source(self) -> Mapping[str, tuple[Postmortem, ...]]:
        """Postmortems of each source that has any, by its name, in order."""
        found: dict[str, list[Postmortem]] = {source.name: [] for source in self.sources.places}
        for postmortem in self.postmortems if found else ():
            if name := self.source_name(postmortem):
                found[name].append(postmortem)
        return {name: tuple(members) for name, members in found.items() if members}

    def source_name(self, postmortem: Postmortem) -> str:
        """The name of the source that a postmortem is from; empty for one of the docs folder's own."""
        source = self.sources.source_of(postmortem.path) if self.sources else None
        return source.name if source else ""

    @cached_property
    def occurrences(self) -> Mapping[str, tuple[Postmortem, ...]]:
        """Postmortems of each pattern id that one names, in order, drills included."""
        found: defaultdict[str, list[Postmortem]] = defaultdict(list)
        for postmortem in self.postmortems:
            for pattern in dict.fromkeys(occurrence.pattern for occurrence in postmortem.front_matter.patterns):
                found[pattern].append(postmortem)
        return {pattern: tuple(members) for pattern, members in found.items()}

"""An import under way: its files, its plan, and what each postmortem would be."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from postmortems.adopt.languages import languages_of
from postmortems.adopt.links import Places, relinked
from postmortems.adopt.new_postmortem import NewPostmortem, new_postmortem
from postmortems.adopt.old_front_matter import split
from postmortems.adopt.plan import Plan, make_plan
from postmortems.adopt.record import Found, NoRecord, Record, RegisterRow
from postmortems.adopt.register_entries import RegisterChange, changed_register
from postmortems.adopt.sources.given import Given
from postmortems.adopt.sources.registry import SOURCES, Source, UnrecognisedError, source_of
from postmortems.check.masking import Masking
from postmortems.cli.fixing import print_diff
from postmortems.cli.import_origins import Origins, origins_of, taken_ids
from postmortems.cli.project import refuse
from postmortems.cli.source_files import SourceFiles, source_files
from postmortems.fix.fixed_file import FixedFile
from postmortems.model.corpus import Corpus
from postmortems.model.register import REGISTER_FILE
from postmortems.read.body import read_body
from postmortems.read.files import list_files
from postmortems.read.first_commits import first_commits
from postmortems.read.git import repository_root
from postmortems.read.languages import choose
from postmortems.read.mounts import shown_from
from postmortems.read.opening import open_file
from postmortems.read.postmortem import FILE, read_postmortem
from postmortems.read.settings_file import Project
from postmortems.read.text import read_text
from postmortems.settings import Settings
from postmortems.text.spelling import count_words, listed

_MOST_REASONS = 20


@dataclass(frozen=True)
class Importing:
    """An import: what is imported where.

    `taken` are the ids that are there, each with its origin if an import wrote it, and `committed` is what git knows of
    the source's files. `severities` is the team's table of severities.
    """

    project: Project
    files: SourceFiles
    source: Source
    plan: Plan
    taken: Mapping[str, str]
    origins: Origins
    committed: Mapping[str, date]
    severities: Mapping[str, str]

    @cached_property
    def docs(self) -> str:
        """The whole path of the docs folder."""
        return str(self.project.docs.resolve())

    @cached_property
    def home(self) -> str:
        """The whole path of the folder of all postmortems."""
        return f"{self.docs}/{self.project.settings.folder}"

    @cached_property
    def places(self) -> Places:
        """The places of all documents, as they are and as they will be."""
        own = self.origins.own
        moved = {
            str(self.files.root / origin.removeprefix(own)): f"{self.home}/{name}/{FILE}"
            for name, origin in self.taken.items()
            if origin.startswith(own)
        }
        for record in self.plan.records:
            if record.body is None:
                moved[self.original(record)] = f"{self.home}/{record.id}/{FILE}"
        return Places(self.docs, moved, os.path.exists, self.files.artifact, self._moved_earlier)

    def _moved_earlier(self, path: str) -> str | None:
        """The postmortem that an import of another folder has made of a file."""
        found = next(self.origins.known(Path(path)), None)
        return f"{self.home}/{self.origins.ids[found]}/{FILE}" if found else None

    def original(self, record: Record) -> str:
        """The whole path of a record's file."""
        return str(self.files.root / record.source)

    @cached_property
    def is_same_repository(self) -> bool:
        """True if the files of the source lie in the git repository of the knowledge base, and so can be moved."""
        root = repository_root(self.project.docs)
        return root is not None and repository_root(self.files.root / FILE) == root

    @cached_property
    def postmortems(self) -> tuple[NewPostmortem, ...]:
        """The postmortems as they would be written: those that are there, and those that are new."""
        return tuple(
            new_postmortem(
                record,
                self.files[record.source] if record.body is None else b"",
                self.original(record),
                self.home,
                self.places,
            )
            for record in (*self.plan.there, *self.plan.records)
        )

    @cached_property
    def register(self) -> tuple[Path, bytes | None, RegisterChange]:
        """The register: its file, its bytes where it is there, and what it would be."""
        path = f"{self.project.settings.folder}/{REGISTER_FILE}"
        file = self.project.docs / path
        data, problem = open_file(self.project.docs, path) if file.exists() else (None, None)
        if problem:
            return file, None, RegisterChange(problem=f"{path}: {problem.message}")
        return file, data, changed_register(self.plan, path, data, self.project.settings, self.severities)

    def pages(self) -> Iterator[FixedFile]:
        """The other pages of the docs folder with links to what is moved, as they would be."""
        if not self.is_same_repository:
            return
        for path in list_files(self.project.docs).files:
            if self.is_page(path):
                data, problem = open_file(self.project.docs, path)
                after = data if problem else self.relinked_page(path, data)
                if after != data:
                    yield FixedFile(path, data, after)

    def is_page(self, path: str) -> bool:
        """True if a file below the docs folder is a page that is no part of the import."""
        place = f"{self.docs}/{path}"
        return path.endswith(".md") and place not in self.places.moved and place not in self.places.moved.values()

    def relinked_page(self, path: str, data: bytes) -> bytes:
        """A page below the docs folder with its links to what is moved as they must be."""
        text, unreadable = read_text(path, data)
        place = f"{self.docs}/{path}"
        return data if unreadable else relinked(data, read_body(split(text).body, {}), place, place, self.places).data

    def print_diff(self) -> None:
        """Print what each document would become, as a diff."""
        files = [
            FixedFile(os.path.relpath(made.path, self.docs), made.before, made.files[made.path])
            for made in self.postmortems
            if made.record in self.plan.records
        ]
        settings = self.project.settings

        def masking(file: FixedFile) -> Masking:
            is_new = file.path.startswith(f"{settings.folder}/")
            made = (read_postmortem(file.path, file.after, settings),) if is_new else ()
            return Masking.of(Corpus(postmortems=made), settings.personal_data)

        print_diff([*files, *self.pages()], shown_from(Path.cwd(), self.project.docs), masking)


def begin_import(
    project: Project, sources: tuple[Path, ...], severities: Mapping[str, str], *, names: bool, chosen: str | None
) -> Importing:
    """Read the sources and make the plan; ends the command with exit code 2 where there is nothing to read."""
    shown = listed(os.path.relpath(source) for source in sources)
    settings = project.settings
    taken, titles = taken_ids(project)
    homes = [project.docs / settings.folder / name for name in taken]
    files = source_files(sources, [home for home in homes if (home / FILE).exists()])
    if not files and files.left_out:
        refuse(*(f"{record.source}: {record.reason}" for record in files.left_out))
    committed = first_commits(files.root)
    given = Given(files, settings, committed, severities, names)
    try:
        source = next(source for source in SOURCES if chosen == source.NAME) if chosen else source_of(given)
    except UnrecognisedError as error:
        if not files.ours:
            # A single file names itself.
            refuse(str(error) if str(error).startswith(shown) else f"{shown}: {error}")
        source = SOURCES[-1]  # all that could be read is here already
    noticed = _read_in_their_languages(files, settings)
    settings = settings.model_copy(update={"languages": (*settings.languages, *noticed)})
    project, given = replace(project, settings=settings), replace(given, settings=settings)
    origins = origins_of(source, files.root.resolve(), project, taken, titles)
    found = [origins.with_origin(record, files.root.resolve()) for record in source.read(given)]
    unread = _unread(sources, files, found, source)
    plan = make_plan([*found, *files.left_out, *unread], taken)
    plan = replace(plan, proposals=replace(plan.proposals, languages=noticed))
    was_imported = files.ours or any(origin.startswith(origins.own) for origin in taken.values())
    if not (plan.records or plan.there or plan.register or was_imported):
        refuse(*(_reasons(plan.left_out) or [f"{shown}: {source.NAME} finds nothing to import in it"]))
    return Importing(project, files, source, plan, taken, origins, committed, severities)


def _unread(sources: Sequence[Path], files: SourceFiles, found: Sequence[Found], source: Source) -> Iterator[NoRecord]:
    """The files that were named one by one and that the source passed over.

    The JSON of an export may add to records of another file of it, and is not named.
    """
    named = {os.path.relpath(path, files.root) for path in sources if path.is_file()}
    told = {document.source for document in found if not isinstance(document, RegisterRow)}
    for path in sorted(named & set(files) - told):
        if source is SOURCES[-1] or not path.endswith(".json"):
            reason = f"not in the format {source.NAME} like the rest: import it separately"
            yield NoRecord(path, reason, is_unreadable=True)


def _reasons(left_out: Sequence[NoRecord]) -> list[str]:
    """Reasons why each file is no record, for a source in which none is."""
    lines = [f"{file.source}: {file.reason}" for file in left_out[:_MOST_REASONS]]
    further = len(left_out) - len(lines)
    return [*lines, f"and {count_words(further, 'file')} more"] if further else lines


def _read_in_their_languages(files: Mapping[str, bytes], settings: Settings) -> dict[str, int]:
    """Read the documents in the languages that are noticed in them, too; those that the settings do not name, with
    the number of their documents."""
    documents = (read_text(path, data)[0].text for path, data in files.items() if not path.endswith(".json"))
    noticed = {str(language): number for language, number in languages_of(documents).items()}
    new = {language: number for language, number in noticed.items() if language not in settings.languages}
    choose((*settings.languages, *new))
    return new

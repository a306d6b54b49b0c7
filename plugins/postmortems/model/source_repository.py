"""Other repositories whose postmortems are part of the same site, and what their files are called there.

A source is the docs folder of another repository, as a submodule or a checkout. What lies in its postmortems' folder
is read as if it lay in the docs folder, below that of all postmortems, in a folder of the source's name:
`sources/payments/docs/postmortems/2026/01-x/` as `postmortems/payments/2026/01-x/`. Its patterns are read with those of
the docs folder. Links are written for the source's own site, so they are followed there, and then translated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, replace
from posixpath import relpath
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

from postmortems.model.docs_folder import PAGE_FOLDERS, PostmortemsFolder
from postmortems.model.link_targets import file_of
from postmortems.model.postmortem import Postmortem
from postmortems.model.register import Register

MOST = 200
"""Maximum number of sources: every path asks each of them whether it is its own."""

_NAME = re.compile(r"(?=.*[a-z])[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST_NAME = 60
_WHOLE = re.compile(r"https?://[^\s\"'<>\\]+")
_YEAR = re.compile(r"\d{4}/index\.md")
_ON_EVERY_SITE = PAGE_FOLDERS - {"assets", "guide", "templates"}
"""Folders whose pages are made on the source's own site and on this one, or taken from there: patterns."""


def _inside(value: object) -> object:
    if not isinstance(value, str):
        return value
    parts = value.rstrip("/").split("/")
    if not value.isprintable() or "\\" in value or any(not part or part.startswith(".") for part in parts):
        raise PydanticCustomError("source", "is not a folder below that of mkdocs.yml, such as sources/payments/docs")
    return "/".join(parts)


def _name(value: object) -> object:
    if isinstance(value, str) and (not _NAME.fullmatch(value) or len(value) > _LONGEST_NAME):
        raise PydanticCustomError(
            "source", "is not a name of a source: small letters, digits and hyphens, with a letter, such as payments"
        )
    return value


def _url(value: object) -> object:
    if isinstance(value, str) and not _WHOLE.fullmatch(value):
        raise PydanticCustomError("source", "is not an address that starts with https:// or http://")
    return f"{value.rstrip('/')}/" if isinstance(value, str) else value


class SourceRepository(BaseModel):
    """One source as the settings describe it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    folder: Annotated[str, BeforeValidator(_inside)] = Field(description="Its docs folder, relative to mkdocs.yml")
    name: Annotated[str, BeforeValidator(_name)] = Field(description="The first part of its postmortems' ids")
    postmortems: PostmortemsFolder | None = Field(None, description="The postmortems' folder in its docs folder")
    url: Annotated[str | None, BeforeValidator(_url)] = Field(None, description="Where its docs folder can be read")


def _several(value: object) -> object:
    if not isinstance(value, list | tuple):
        raise PydanticCustomError("source", "is not a list, such as [{folder: sources/payments/docs, name: payments}]")
    return value


def _several_names(value: object) -> object:
    if not isinstance(value, list | tuple):
        raise PydanticCustomError("source", "is not a list of names, such as [payments, checkout]")
    return value


def _distinct(sources: tuple[SourceRepository, ...]) -> tuple[SourceRepository, ...]:
    names: set[str] = set()
    for number, source in enumerate(sources):
        if source.name in names:
            raise PydanticCustomError("source", 'have two sources with the name "{name}"', {"name": source.name})
        names.add(source.name)
        for other in sources[:number]:
            first, second = sorted((other.folder, source.folder))
            if f"{second}/".startswith(f"{first}/"):
                message = '"{first}" and "{second}": the folder of one source holds that of another'
                raise PydanticCustomError("source", message, {"first": other.folder, "second": source.folder})
    return sources


SourceList = Annotated[
    tuple[SourceRepository, ...], BeforeValidator(_several), AfterValidator(_distinct), Field(max_length=MOST)
]
"""Sources with names of their own, none in the folder of another."""

OtherSources = Annotated[
    tuple[Annotated[str, BeforeValidator(_name)], ...], BeforeValidator(_several_names), Field(max_length=MOST)
]
"""Names of sources, of which nothing else is known here."""


@dataclass(frozen=True, slots=True)
class SourcePlace:
    """The place of a source in the docs folder. `home` is its folder there, `inner` the postmortems' folder in its own
    docs folder, and `folder` that of all postmortems."""

    name: str
    home: str
    inner: str
    folder: str
    url: str = ""

    @classmethod
    def of(cls, source: SourceRepository, folder: str) -> SourcePlace:
        """The place of a source below the folder of all postmortems."""
        return cls(source.name, f"{folder}/{source.name}", source.postmortems or folder, folder, source.url or "")

    def holds(self, path: str) -> bool:
        """True if a path is below the source's folder."""
        return path.startswith(f"{self.home}/")

    def own(self, path: str) -> str:
        """The path of a file as the source itself calls it, below its own docs folder."""
        return f"{self.inner}{path.removeprefix(self.home)}" if self.holds(path) else path

    def here(self, file: str, files: Set[str]) -> str | None:
        """The path of a file of the source in the docs folder; None for one that this site does not take.

        `files` are those that are there: a page that is generated on the source's own site is so on this one.
        """
        if file.startswith(f"{self.inner}/"):
            below = file.removeprefix(f"{self.inner}/")
            path = f"{self.home}/{below}"
            return f"{self.folder}/{below}" if path not in files and _YEAR.fullmatch(below) else path
        if file == self.inner:
            return self.home
        return file if file.startswith("../") or file.split("/", 1)[0] in _ON_EVERY_SITE else None


@dataclass(frozen=True)
class Sources:
    """All sources of a docs folder; `of_patterns` are the names of those that patterns came from, by their paths, and
    `beside` the files and folders of each source that this site does not take, as the source calls them, by its name.
    """

    places: tuple[SourcePlace, ...] = ()
    of_patterns: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, sources: Iterable[SourceRepository], folder: str) -> Sources:
        """Sources by the settings alone, which do not know the patterns of each."""
        return cls(tuple(SourcePlace.of(source, folder) for source in sources))

    def __bool__(self) -> bool:
        return bool(self.places)

    def source_of(self, path: str) -> SourcePlace | None:
        """The source that a file below the docs folder is from; None for the docs folder's own."""
        name = self.of_patterns.get(path)
        return next((place for place in self.places if place.holds(path) or place.name == name), None)

    def file_of(self, target: str, path: str, files: Set[str]) -> str | None:
        """The file below the docs folder that `target` names in the document at `path`: see `model.link_targets`.

        Also None where it is a file of a source that this site does not take.
        """
        source = self.source_of(path) if self.places else None
        if source is None:
            return file_of(target, path)
        file = file_of(target, source.own(path))
        return file if file is None else source.here(file, files)

    def not_taken(self, target: str, path: str, files: Set[str]) -> tuple[SourcePlace, str] | None:
        """The source and its file that `target` names in the document at `path`, where this site does not take it,
        whether there is one or not."""
        source = self.source_of(path) if self.places else None
        file = file_of(target, source.own(path)) if source else None
        return (source, file) if source and file and source.here(file, files) is None else None

    def target_here(self, target: str, path: str, files: Set[str]) -> str:
        """The target as it has to be written in the document at `path` on this site; empty where it leads nowhere."""
        source = self.source_of(path) if self.places else None
        file = file_of(target, source.own(path)) if source else None
        if source is None or file is None or file.startswith("../"):
            return target
        bare = re.split(r"[?#]", target, maxsplit=1)[0]
        here = source.here(file, files)
        if here is None:
            return f"{source.url}{_quoted(file)}{target[len(bare) :]}" if source.url else ""
        if here == source.own(here) and source.own(path) == path and not bare.startswith("/"):
            return target
        slash = "/" if bare.endswith("/") else ""
        way = f"/{here}" if bare.startswith("/") else relpath(here, path.rpartition("/")[0] or ".")
        return f"{_quoted(way)}{slash}{target[len(bare) :]}"

    def placed(self, postmortem: Postmortem, ids: Set[str]) -> Postmortem:
        """A postmortem as it stands on this site: owned by its source where nobody else is named, and with the ids of
        all (`ids`) in place of those that it has in its own repository."""
        source = self.source_of(postmortem.path) if self.places else None
        if source is None:
            return postmortem
        matter = postmortem.front_matter
        changed = {
            "owner": matter.owner or source.name,
            "repeat_of": tuple(_id_here(name, source, ids) for name in matter.repeat_of),
            "not_repeat_of": tuple(
                other.model_copy(update={"id": _id_here(other.id, source, ids)}) for other in matter.not_repeat_of
            ),
        }
        return postmortem.with_front_matter(matter.model_copy(update=changed))


def register_here(register: Register, source: SourcePlace, ids: Set[str]) -> Register:
    """The register of a source with the ids that its postmortems have on this site."""
    return Register(
        tuple(
            replace(entry, postmortem=entry.postmortem and _id_here(entry.postmortem, source, ids))
            for entry in register.entries
        )
    )


def _id_here(name: str, source: SourcePlace, ids: Set[str]) -> str:
    """The id that is meant by one that a source wrote: its own first, else one of all; as written where none is."""
    own = f"{source.name}/{name}"
    return own if own in ids else name


def _quoted(path: str) -> str:
    """A path as a target of a link: what would end it is escaped."""
    return "".join(f"%{ord(sign):02X}" if sign in ' ()<>"%#?\\' else sign for sign in path)

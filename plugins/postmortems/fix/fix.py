"""Fixes as values: the name, the sentence on what it does, and the function that proposes edits for a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from postmortems.fix.document import Document
from postmortems.model.edit import Edit
from postmortems.model.pattern import Pattern
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import Body
from postmortems.model.source import Source
from postmortems.read.body import read_body
from postmortems.read.front_matter import split_front_matter
from postmortems.read.text import with_line_feeds
from postmortems.settings import Settings


@dataclass(frozen=True, slots=True)
class ResolvedFinding:
    """A finding that an edit puts right, known by its rule and its place.

    Where several findings of a rule share a place, `words` are those of its message that tell it from the others.
    """

    rule: str
    place: Place
    words: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One edit, and the findings that it answers.

    `is_form` says that it changes how something is written and not what it says: then it needs no finding. `adds` are
    the sections of which it writes an empty skeleton. `reveals` tells that the file can only then be read as a
    whole, so that findings come to light which it had before.
    """

    edit: Edit
    answers: tuple[ResolvedFinding, ...] = ()
    is_form: bool = False
    adds: tuple[str, ...] = ()
    reveals: bool = False


@dataclass(frozen=True)
class FixContext:
    """Context of a fix: the settings, the text of the template and of that for near misses, and the patterns there
    are."""

    settings: Settings
    template: str = ""
    near_miss_template: str = ""
    patterns: tuple[Pattern, ...] = ()

    def template_of(self, postmortem: Postmortem) -> Body:
        """Text below the front matter of the template for a postmortem of this kind."""
        return self._near_miss_body if postmortem.is_near_miss else self._body

    @cached_property
    def _body(self) -> Body:
        return self._read(self.template)

    @cached_property
    def _near_miss_body(self) -> Body:
        return self._read(self.near_miss_template)

    def _read(self, template: str) -> Body:
        read = split_front_matter(Source("", with_line_feeds(template)))
        return read_body(read.body, self.settings.synonyms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """One kind of repair.

    `does` says in one sentence what it does. `rules` are those whose findings it answers; `is_form` tells that it also
    rewrites what no rule complains about.
    """

    name: str
    does: str
    propose: Callable[[Document, FixContext], Iterable[Proposal]]
    rules: tuple[str, ...] = ()
    is_form: bool = False

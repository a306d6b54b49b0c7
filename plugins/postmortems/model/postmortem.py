"""The document of one incident."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar

from postmortems.model.action_item import ActionList
from postmortems.model.diagnostic import Problem
from postmortems.model.excerpt import Excerpt
from postmortems.model.front_matter import UNKNOWN, FrontMatter, IncidentKind, Status
from postmortems.model.link import Link
from postmortems.model.place import Place
from postmortems.model.section import Body
from postmortems.model.summary_points import SummaryPoints
from postmortems.model.timeline import Timeline
from postmortems.model.unsure_value import UnsureValue
from postmortems.model.waiver import Waiver

KeyPath = tuple[str | int, ...]

_Given = ParamSpec("_Given")
_Answer = TypeVar("_Answer")

LOADED_LATER = ("body", "timeline", "actions", "places", "points")
"""The attributes of a postmortem that are most of it, and that most questions about a corpus do not need."""

NOT_READ = ("load", "stays_loaded", "answers")
"""The attributes that are nothing of what its author wrote."""


@dataclass(frozen=True, slots=True)
class Postmortem:
    """One postmortem as read: always whole enough to be shown, with `problems` for what could not be read.

    `id` is its folder below that of all postmortems, `path` its file below the docs folder, `places` where each value
    of the front matter is, by its path of keys and indexes (`("patterns", 1, "role")`). `excerpts` are the lines,
    of its `timeline.json` too, that may hold a secret or personal data. `salvaged` is the status, the severity and
    the kind that are plain to see in front matter that cannot be read: what is asked of it goes by them, and no figure.
    `unsure` are the values that an import was not sure of, and that nobody has looked at yet. `points` are what the
    labels of its summary state. `event_links` are those that a `timeline.json` gives its events, `has_text` tells that
    its body has lines, and `takes_in` that one of them may take in another file (see `read.snippets`). `key`
    stands for all that it was read from and with, apart from its front matter, which others may replace; it is empty
    where that was not asked for.

    One that a store has kept, made by `loaded_later`, asks `load` for what `LOADED_LATER` names when it is first asked.
    `answers` are those that it has given alone.
    """

    id: str
    path: str
    front_matter: FrontMatter
    body: Body
    timeline: Timeline = field(default_factory=Timeline)
    actions: ActionList = field(default_factory=ActionList)
    links: tuple[Link, ...] = ()
    problems: tuple[Problem, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    places: Mapping[KeyPath, Place] = field(default_factory=dict)
    has_front_matter: bool = True
    excerpts: tuple[Excerpt, ...] = ()
    salvaged: Mapping[str, str] = field(default_factory=dict)
    unsure: tuple[UnsureValue, ...] = ()
    points: SummaryPoints = field(default_factory=SummaryPoints)
    event_links: tuple[Link, ...] = ()
    has_text: bool = True
    takes_in: bool = False
    load: Callable[[str], Any] | None = field(default=None, compare=False, repr=False)
    stays_loaded: bool = field(default=True, compare=False, repr=False)
    key: str = field(default="", compare=False, repr=False)
    answers: dict[object, Any] = field(default_factory=dict, init=False, compare=False, repr=False)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            """An attribute that is not loaded yet: Python asks here only where there is none."""
            if name not in LOADED_LATER or self.load is None:
                raise AttributeError(name)
            return self.load_one(name)

    def load_one(self, name: str) -> Any:
        """The value of an attribute that is not loaded yet, which from now on it has, unless it is to stay small."""
        assert self.load is not None
        value = self.load(name)
        if self.stays_loaded:
            object.__setattr__(self, name, value)
        return value

    @classmethod
    def loaded_later(
        cls, values: Mapping[str, Any], load: Callable[[str], Any], *, stays_loaded: bool = True
    ) -> Postmortem:
        """A postmortem of which only these values are known; `load` gives each of those that `LOADED_LATER` names."""
        made = object.__new__(cls)
        for key, value in {**values, "load": load, "stays_loaded": stays_loaded, "answers": {}}.items():
            object.__setattr__(made, key, value)
        return made

    @property
    def title(self) -> str:
        """Title on the pages: the front matter's, else the first heading, else the id."""
        if self.front_matter.title:
            return self.front_matter.title
        heading = next((section.title for section in self.body.sections if section.level == 1), "")
        return heading or self.id

    @property
    def day(self) -> date | None:
        """Day of the incident in UTC: of `started_at`, else the `date` given."""
        started = self.front_matter.started_at
        return started.date() if started else self.front_matter.date

    @property
    def year(self) -> int | None:
        """The year that its page is under: that of its day, else that of its folder, below its source's if it has
        one."""
        if self.day:
            return self.day.year
        return next((int(part) for part in self.id.split("/")[:2] if len(part) == 4 and part.isdecimal()), None)

    @property
    def chronology(self) -> tuple[date, datetime, str]:
        """Sort key in time; incidents of a day whose time is unknown come first on that day."""
        day = self.day or date.min
        return (
            day,
            self.front_matter.started_at or datetime(day.year, day.month, day.day, tzinfo=UTC),
            self.id,
        )

    @property
    def is_draft(self) -> bool:
        """True if the document says that it is not finished."""
        return self.front_matter.status is Status.DRAFT

    @property
    def is_drill(self) -> bool:
        """True if it tells of an exercise."""
        return self.front_matter.kind is IncidentKind.DRILL

    @property
    def is_near_miss(self) -> bool:
        """True if it tells of what nearly happened."""
        return self.front_matter.kind is IncidentKind.NEAR_MISS

    @property
    def is_incident(self) -> bool:
        """True if it tells of what happened. Only that is counted: drills and near misses are in no figure."""
        return self.front_matter.kind is IncidentKind.INCIDENT

    @property
    def root_cause(self) -> str | None:
        """The counted label, or None where it is unknown."""
        label = self.front_matter.root_cause
        return None if label is None or label.lower() == UNKNOWN else label

    def own_answer(
        self,
        function: Callable[Concatenate[Postmortem, _Given], _Answer],
        /,
        *given: _Given.args,
        **named: _Given.kwargs,
    ) -> _Answer:
        """The answer of a function of this document alone (see `model/own_answer.py`), found once: many pages ask for
        the same. A list is not kept, nor is any answer of one whose text does not stay in memory."""
        asked = function, given, *named.items()
        known: _Answer | None = self.answers.get(asked)
        if known is not None:
            return known
        answer = function(self, *given, **named)
        if self.stays_loaded and not isinstance(answer, list):
            self.answers[asked] = answer
        return answer

    def is_unsure(self, key: str) -> bool:
        """True if the value of a key is one that an import was not sure of."""
        return any(value.key == key for value in self.unsure)

    def without_references(self, ids: Set[str]) -> Postmortem:
        """The postmortem as if it had never named those with these ids as repeated, or as not repeated."""
        matter = self.front_matter
        if ids.isdisjoint((*matter.repeat_of, *(other.id for other in matter.not_repeat_of))):
            return self
        left = {
            "repeat_of": tuple(other for other in matter.repeat_of if other not in ids),
            "not_repeat_of": tuple(other for other in matter.not_repeat_of if other.id not in ids),
        }
        return self.with_front_matter(matter.model_copy(update=left))

    def with_front_matter(self, matter: FrontMatter) -> Postmortem:
        """The same with another front matter; what is not loaded yet is still loaded later."""
        if self.load is None:
            return replace(self, front_matter=matter)
        left_out = (*LOADED_LATER, *NOT_READ)
        known = {each.name: getattr(self, each.name) for each in fields(self) if each.name not in left_out}
        return Postmortem.loaded_later(known | {"front_matter": matter}, self.load, stays_loaded=self.stays_loaded)

    def place_of(self, *keys: str | int) -> Place:
        """Place of a value of the front matter; if it is absent, of its nearest parent, else of the first line."""
        for length in range(len(keys), 0, -1):
            if place := self.places.get(keys[:length]):
                return place
        return Place.at(self.path)

    def has(self, key: str) -> bool:
        """True if the author wrote this key, whatever its value."""
        return (key,) in self.places


def attribute_of(document: object, name: str) -> object:
    """An attribute of a document, loaded if need be, for whoever has replaced how its class looks for one."""
    try:
        return object.__getattribute__(document, name)
    except AttributeError:
        if not isinstance(document, Postmortem) or name not in LOADED_LATER:
            raise
        return document.load_one(name)

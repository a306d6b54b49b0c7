"""Sources of the generated pages, and the addresses of all pages relative to the site's root."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from urllib.parse import quote, urlencode

from markdown.extensions.toc import slugify

from postmortems.analyse.passages import heading_of
from postmortems.model.postmortem import Postmortem
from postmortems.text.slug import slug

HOME = "index.md"
PATTERNS = "patterns/index.md"
SERVICES = "services/index.md"
ACTIONS = "actions/index.md"
OWNERS = "owners/index.md"
REVIEWS = "reviews/index.md"
METRICS = "metrics/index.md"
COMPARE = "compare/index.md"
EXERCISES = "exercises/index.md"
GUIDE = "guide/index.md"
SEARCH = "search/index.md"
RECORDS = "data/postmortems"
"""Folder of the whole records."""

_LONGEST_FILE_NAME = 255
"""Bytes that a file system allows."""


def exercise_source(postmortem: Postmortem) -> str:
    """Source of the page of a postmortem's exercise."""
    return f"exercises/{postmortem.id}.md"


def names_source(index: str, number: int) -> str:
    """Source of a part of all names that the page at `index` begins to list, counted from 1."""
    return f"{index.removesuffix('index.md')}by-name/{number}.md"


def exercises_source(part: str) -> str:
    """Source of the page of a part of all exercises, by the part's name."""
    return f"exercises/{part}.md"


def index_source(folder: str) -> str:
    """Source of the page of all postmortems, which are in `folder`."""
    return f"{folder}/index.md"


def year_source(folder: str, year: int) -> str:
    """Source of the page of a year."""
    return f"{folder}/{year}/index.md"


def span_source(folder: str, year: int | None, month: int, number: int) -> str:
    """Source of the page of a month of a year, or of one part of it, counted from 1; 0 is of no month."""
    name = f"month-{month:02}" if month else "day-unknown"
    part = f"-{number}" if number > 1 else ""
    return f"{folder}/{'year-unknown' if year is None else year}/{name}{part}.md"


def service_source(service: str) -> str:
    """Source of the page of a service, by its name in any spelling."""
    return f"services/{slug(service)}.md"


def owner_source(owner: str) -> str:
    """Source of the page of an owner, by its name in any spelling."""
    return f"owners/{slug(owner)}.md"


def review_source(month: tuple[int, int]) -> str:
    """Source of the review of a month, given as year and month."""
    return f"reviews/{month_name(month)}.md"


def month_name(month: tuple[int, int]) -> str:
    """A month in an address: `2024-02`."""
    return f"{month[0]:04}-{month[1]:02}"


def agenda_file(folder: str, name: str) -> str:
    """The file of the agenda of a postmortem's review, by its id; the calendar beside it ends in `.ics`."""
    return f"{folder}/{name}/agenda.html"


def month_agenda_file(month: tuple[int, int]) -> str:
    """The file of the agenda of a month's review."""
    return f"reviews/{month_name(month)}/agenda.html"


def record_file(name: str) -> str:
    """The file of the whole record of a postmortem, by its id.

    An id that is too long for a file with a suffix, or has a folder that would be another's file, has its checksum.
    """
    *folders, last = name.split("/")
    is_odd = any(folder.endswith(".json") for folder in folders)
    if is_odd or len(f"{last}.json".encode("utf-8", "replace")) > _LONGEST_FILE_NAME:
        name = sha256(name.encode("utf-8", "replace")).hexdigest()[:16]
    return f"{RECORDS}/{name}.json"


@dataclass(frozen=True, slots=True)
class Addresses:
    """Addresses relative to the site's root, percent-encoded, without a leading `/`.

    `directory_urls` is MkDocs' `use_directory_urls`. `root` is the way from the page being rendered to the site's
    root: empty, or `../` once a folder. `folder` is that of the postmortems. Addresses below `here`, which ends in `/`,
    begin there: the page is this folder's index.
    """

    directory_urls: bool = True
    root: str = ""
    folder: str = "postmortems"
    here: str = ""

    def home(self) -> str:
        return self._page(HOME)

    def postmortems(self) -> str:
        return self._page(index_source(self.folder))

    def filtered(self, asked: Iterable[tuple[str, str]], year: int | None = None) -> str:
        """The index of all postmortems, or that of a year, narrowed to what has these values.

        `asked` are pairs of a filter's name and a value. `assets/index.js` reads them.
        """
        index = self.postmortems() if year is None else self.year(year)
        return f"{index}?{urlencode(tuple(asked))}"

    def year(self, year: int) -> str:
        return self._page(year_source(self.folder, year))

    def span(self, year: int | None, month: int, number: int) -> str:
        """The page of a month of a year, or of one part of it."""
        return self._page(span_source(self.folder, year, month, number))

    def repository(self, name: str, part: str = "index") -> str:
        """The page of another repository, by its name, or of a part of its postmortems."""
        return self._page(f"{self.folder}/{name}/{part}.md")

    def postmortem(self, postmortem: Postmortem) -> str:
        return self._page(f"{self.folder}/{postmortem.id}/index.md")

    def section(self, postmortem: Postmortem, name: str) -> str:
        """A section of a postmortem, by its canonical name; the page where no anchor is certain.

        The anchor is the one that the site's table of contents gives plain words.
        """
        heading = heading_of(postmortem, name)
        return self.postmortem(postmortem) + (f"#{slugify(heading, '-')}" if heading and heading.isascii() else "")

    def compare(self, postmortems: Iterable[str]) -> str:
        """Two or three postmortems side by side, by their ids. `assets/compare.js` reads these."""
        ids = (name.replace("%", "%25").replace(",", "%2C") for name in postmortems)
        return f"{self._page(COMPARE)}?{urlencode({'ids': ','.join(ids)}, safe='/,')}"

    def patterns(self) -> str:
        return self._page(PATTERNS)

    def pattern(self, pattern: str) -> str:
        return self._page(f"patterns/{pattern}.md")

    def services(self) -> str:
        return self._page(SERVICES)

    def service(self, service: str) -> str:
        """The page of a service, by its name in any spelling."""
        return self._page(service_source(service))

    def actions(self) -> str:
        return self._page(ACTIONS)

    def names(self, index: str, number: int) -> str:
        """A part of all names that the page at `index` begins to list."""
        return self._page(names_source(index, number))

    def owners(self) -> str:
        return self._page(OWNERS)

    def owner(self, owner: str) -> str:
        """The page of an owner, by its name in any spelling."""
        return self._page(owner_source(owner))

    def reviews(self) -> str:
        return self._page(REVIEWS)

    def review(self, month: tuple[int, int]) -> str:
        """The review of a month, given as year and month."""
        return self._page(review_source(month))

    def exercises(self) -> str:
        return self._page(EXERCISES)

    def exercises_of(self, part: str) -> str:
        """A part of all exercises, by its name."""
        return self._page(exercises_source(part))

    def exercise(self, postmortem: Postmortem) -> str:
        """The exercise made of a postmortem; the caller knows that it makes one."""
        return self._page(exercise_source(postmortem))

    def agenda(self, postmortem: Postmortem) -> str:
        """The agenda of a postmortem's review; the caller knows that the site offers it."""
        return self.file(agenda_file(self.folder, postmortem.id))

    def month_agenda(self, month: tuple[int, int]) -> str:
        """The agenda of a month's review; the caller knows that the site offers it."""
        return self.file(month_agenda_file(month))

    def search(self) -> str:
        return self._page(SEARCH)

    def metrics(self) -> str:
        return self._page(METRICS)

    def guide(self, page: str) -> str:
        """A page of the guide that ships with this repository's own site; other sites may not have it."""
        return self._page(f"guide/{page}.md")

    def rules(self) -> str:
        """The list of all rules, which every site has."""
        return self._page("guide/rules/index.md")

    def file(self, path: str) -> str:
        """A file that is no page, such as a script or one for machines, by its place below the root."""
        return self.root + quote(path)

    def _page(self, source: str) -> str:
        """The address of the page whose source is at `source`; that of a folder's `index.md` is the folder."""
        path = _path(source, self.directory_urls)
        is_below = self.here and path.startswith(self.here)
        return (path[len(self.here) :] if is_below else self.root + path) or "./"


@lru_cache(maxsize=1 << 14)
def _path(source: str, directory_urls: bool) -> str:
    """The address of a page from the root. Pages link to each other over and over: at 1,000 each 50 times."""
    path = source.removesuffix(".md")
    if directory_urls:
        path = path.removesuffix("index") if path in ("index",) or path.endswith("/index") else f"{path}/"
    else:
        path = f"{path}.html"
    return quote(path)

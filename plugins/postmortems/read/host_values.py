"""Values in front matter that are for MkDocs and its theme: each has the type that its key needs, or is a problem."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from postmortems.model.diagnostic import Problem
from postmortems.model.host_keys import theme_files, what_is_wrong
from postmortems.model.place import Place
from postmortems.read.front_matter import ReadFrontMatter
from postmortems.read.site_options import SiteOptions

_WRITE = {
    "tags": "write a list: tags: [database, rollback]",
    "hide": "write a list: hide: [toc]",
    "search": "write search: {exclude: true}, or search: {boost: 2}",
    "template": "name a layout below `custom_dir`, or remove the line",
    "icon": "name an icon of the theme, such as material/database",
}


def host_problems(read: ReadFrontMatter, own: tuple[str, ...]) -> Iterator[Problem]:
    """A problem for each value of another type than its key needs; `own` are keys that somebody else looks at."""
    for key, value in read.values.items():
        if key not in own and (wrong := what_is_wrong(key, value)):
            yield _problem(read.document.keys[(key,)], key, wrong)


def missing_files(values: Mapping[str, object], place: Place, site: SiteOptions) -> Iterator[Problem]:
    """A problem for each layout and icon that the theme does not have: without it, MkDocs could not make the page."""
    for key, name in theme_files(values):
        if not what_is_wrong(key, values[key]) and site.lacks(name):
            yield _problem(place, key, f'is "{str(values[key])[:80]}", which the theme does not have')


def _problem(place: Place, key: str, wrong: str) -> Problem:
    return Problem("invalid-value", place, f'"{key}" {wrong}', _WRITE.get(key, "write one line of text"))

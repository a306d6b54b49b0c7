"""One file → one Postmortem, whatever state the file is in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath

from postmortems.model.diagnostic import Problem
from postmortems.model.front_matter import KEYS, FrontMatter
from postmortems.model.link import Link
from postmortems.model.place import Place
from postmortems.model.postmortem import KeyPath, Postmortem
from postmortems.model.section import Body
from postmortems.model.source import Source
from postmortems.model.timeline import Shape, Timeline
from postmortems.read.action_items import read_action_items
from postmortems.read.body import read_body
from postmortems.read.excerpts import read_excerpts
from postmortems.read.front_matter import ReadFrontMatter, split_front_matter, typed_front_matter
from postmortems.read.host_values import host_problems
from postmortems.read.languages import reading_in
from postmortems.read.links import read_links
from postmortems.read.markup_cost import overcomplex
from postmortems.read.snippets import SIGN
from postmortems.read.summary_points import read_summary_points
from postmortems.read.text import read_text, with_line_feeds
from postmortems.read.timeline import read_timeline
from postmortems.read.timeline.incident_times import incident_times
from postmortems.read.unsure_values import read_unsure_values
from postmortems.read.waivers import read_waivers
from postmortems.settings import Settings
from postmortems.text.slug import composed

FILE = "postmortem.md"
TIMELINE_FILE = "timeline.json"


def postmortem_id(path: str, folder: str) -> str:
    """The id of the postmortem at `path`, below the `folder` of all: its own folder, or a flat file's name.

    In composed form, in which front matter is read, too: some file systems hand out names in another.
    """
    inside = PurePosixPath(composed(path)).relative_to(composed(folder))
    return str(inside.parent if inside.name == FILE else inside.with_suffix(""))


def read_postmortem(path: str, data: bytes, settings: Settings, timeline_json: bytes | None = None) -> Postmortem:
    """The postmortem in the file at `path`, with a problem for everything that could not be read.

    `path` is relative to the docs folder; `timeline_json` is the content of the `timeline.json` beside it. A pure
    function of its arguments.
    """
    with reading_in(settings.languages):
        return _read(path, data, settings, timeline_json)


def _read(path: str, data: bytes, settings: Settings, timeline_json: bytes | None) -> Postmortem:
    source, unreadable = read_text(path, data)
    if unreadable:
        return unread_postmortem(path, unreadable, settings)
    read = split_front_matter(source)
    problems = [*read.problems, *host_problems(read, KEYS)]
    matter, wrong = typed_front_matter(read)
    body = read_body(read.body, settings.synonyms)
    json_path = str(PurePosixPath(path).with_name(TIMELINE_FILE))
    excerpts = read_excerpts(source, settings.personal_data)
    if timeline_json:
        events = Source(json_path, with_line_feeds(timeline_json.decode("utf-8-sig", "replace")))
        excerpts += read_excerpts(events, settings.personal_data)
    times = incident_times(matter, read.document.spelling)
    timeline, timeline_problems = read_timeline(body, times, settings, json_path=json_path, json_bytes=timeline_json)
    actions, action_problems = read_action_items(body, settings)
    waivers, waiver_problems = read_waivers(source, read, body)
    rendered = "\n\n".join(text for event in timeline.events for text in (event.text, event.action))
    too_much = overcomplex(source) or (overcomplex(Source(json_path, rendered)) if timeline_json else None)
    return Postmortem(
        id=postmortem_id(path, settings.folder),
        path=path,
        front_matter=matter,
        body=body,
        timeline=timeline,
        actions=actions,
        links=(*read_links(body), *_links_in_json(timeline, path)),
        problems=(
            *problems,
            *wrong,
            *timeline_problems,
            *action_problems,
            *waiver_problems,
            *filter(None, (too_much,)),
        ),
        waivers=waivers,
        places=_places(read),
        has_front_matter=read.found,
        excerpts=excerpts,
        salvaged=read.salvaged,
        unsure=read_unsure_values(source),
        points=read_summary_points(body, settings.synonyms),
        event_links=tuple(Link(event.link, event.place) for event in timeline.events if event.link)
        if timeline.shape is Shape.JSON
        else (),
        has_text=bool(body.lines),
        takes_in=any(SIGN in line for line in body.lines),
    )


def _links_in_json(timeline: Timeline, path: str) -> Iterator[Link]:
    """The links in the texts of a `timeline.json`, which are Markdown, too; those of other shapes are in the body."""
    if timeline.shape is Shape.JSON:
        for event in timeline.events:
            for text in (event.text, event.action):
                for link in read_links(read_body(Source(path, text), {})) if "](" in text else ():
                    yield replace(link, place=event.place)


def unread_postmortem(path: str, problem: Problem, settings: Settings) -> Postmortem:
    """A postmortem without content, for a file that cannot be read: a preview has a page for it that says why."""
    return Postmortem(
        postmortem_id(path, settings.folder),
        path,
        FrontMatter(),
        Body(1, (), path=path),
        problems=(problem,),
        has_text=False,
    )


def _places(read: ReadFrontMatter) -> Mapping[KeyPath, Place]:
    return {keys: place for keys, place in read.document.places.items() if keys}

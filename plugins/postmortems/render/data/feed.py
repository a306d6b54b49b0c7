"""`/feed.xml`: the latest published postmortems as an Atom feed (RFC 4287).

Its ids are tag URIs (RFC 4151) made of what tells the site from others, its repository above all, and the postmortem's
id: two knowledge bases may have a postmortem of one id. The authority is a name that nobody can own.

Where the site does not know where it is, links are relative. RFC 4287 allows that, and asks for no `xml:base`: what
reads the feed resolves them against the address that it was read from.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from urllib.parse import quote
from xml.etree import ElementTree as Xml

from postmortems.model.front_matter import IncidentKind, Status
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.environment import render
from postmortems.render.data.data_context import DataContext
from postmortems.render.data.json_text import moment_text
from postmortems.render.words.formats import day_words
from postmortems.render.words.incident import detected_words, lasted_words
from postmortems.text.controls import visible_controls
from postmortems.text.slug import slug

FILE = "feed.xml"
MOST = 50
"""Number of the latest postmortems that are in the feed."""

_ATOM = "http://www.w3.org/2005/Atom"
_TAG = "tag:postmortems.invalid,2026:"


def feed_xml(data_context: DataContext) -> str:
    """The text of the file. Drafts are left out, and so is what has no date at all."""
    dated = [
        (moment, postmortem)
        for postmortem in data_context.pages.corpus.postmortems
        if (moment := _updated(postmortem)) and _is_out(postmortem)
    ]
    dated.sort(key=lambda pair: (pair[0], pair[1].chronology), reverse=True)
    newest = dated[0][0] if dated else _midnight(data_context.pages.analysis.today)
    feed = Xml.Element("feed", {"xmlns": _ATOM})
    _add(feed, "id", f"{_TAG}{data_context.site_id}")
    _add(feed, "title", data_context.site_name)
    _add(feed, "updated", moment_text(newest))
    own = {"rel": "self", "type": "application/atom+xml", "href": data_context.url(FILE)}
    Xml.SubElement(feed, "link", own)
    home = {"rel": "alternate", "type": "text/html", "href": data_context.url(data_context.pages.addresses.home())}
    Xml.SubElement(feed, "link", home)
    _add(Xml.SubElement(feed, "author"), "name", data_context.site_name)
    _add(feed, "generator", "mkdocs-postmortems")
    for moment, postmortem in dated[:MOST]:
        feed.append(_entry(postmortem, moment, data_context))
    Xml.indent(feed)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + Xml.tostring(feed, encoding="unicode") + "\n"


def _entry(postmortem: Postmortem, moment: datetime, data_context: DataContext) -> Xml.Element:
    matter, context = postmortem.front_matter, data_context.pages
    entry = Xml.Element("entry")
    _add(entry, "id", f"{_TAG}{data_context.site_id}/{quote(postmortem.id)}")
    _add(entry, "title", postmortem.title)
    page = {"rel": "alternate", "type": "text/html", "href": data_context.url(context.addresses.postmortem(postmortem))}
    Xml.SubElement(entry, "link", page)
    _add(entry, "updated", moment_text(moment))
    if matter.published_on:
        _add(entry, "published", moment_text(_midnight(matter.published_on)))
    if matter.owner:
        _add(Xml.SubElement(entry, "author"), "name", matter.owner)
    for term, label in dict(_categories(postmortem, data_context)).items():
        Xml.SubElement(entry, "category", {"term": visible_controls(term), "label": visible_controls(label)})
    summary = _add(entry, "summary", str(_summary(postmortem, data_context)))
    summary.set("type", "html")
    return entry


def _summary(postmortem: Postmortem, data_context: DataContext) -> str:
    """The content of an entry, as safe HTML."""
    matter, context = postmortem.front_matter, data_context.pages
    lengths = context.analysis.durations_of(postmortem)
    facts = [matter.severity or "severity unknown"]
    if matter.kind is not IncidentKind.INCIDENT:
        facts.append(matter.kind.value)
    facts += [
        day_words(postmortem.day) if postmortem.day else "date unknown",
        lasted_words(lengths),
        detected_words(lengths),
    ]
    patterns = [
        (
            record["title"],
            data_context.url(context.addresses.pattern(record["id"])) if record["family"] is not None else "",
        )
        for record in data_context.record(postmortem)["patterns"]
    ]
    causes = [
        (name, words) for name, words in (("Root cause", postmortem.root_cause), ("Trigger", matter.trigger)) if words
    ]
    return render(
        "data/entry.html",
        facts=facts,
        summary=data_context.record(postmortem)["summary"],
        causes=causes,
        patterns=patterns,
    )


def _categories(postmortem: Postmortem, data_context: DataContext) -> Iterator[tuple[str, str]]:
    record = data_context.record(postmortem)
    if record["severity"]:
        yield record["severity"], record["severity"]
    yield from ((pattern["id"], pattern["title"]) for pattern in record["patterns"])
    yield from ((slug(name), name) for name in record["services"])


def _is_out(postmortem: Postmortem) -> bool:
    return postmortem.front_matter.status is Status.PUBLISHED


def _updated(postmortem: Postmortem) -> datetime | None:
    """Time when a postmortem became what it is: published, else resolved, mitigated, detected, begun."""
    matter = postmortem.front_matter
    if matter.published_on:
        return _midnight(matter.published_on)
    moments = (matter.resolved_at, matter.mitigated_at, matter.detected_at, matter.started_at)
    return next((moment for moment in moments if moment), None) or (
        _midnight(postmortem.day) if postmortem.day else None
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _add(parent: Xml.Element, tag: str, text: str | None) -> Xml.Element:
    element = Xml.SubElement(parent, tag)
    element.text = visible_controls(text or "")
    return element

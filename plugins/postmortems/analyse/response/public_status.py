"""Public word about an incident, and its own ticket, as its timeline and its sources show them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from postmortems.analyse.response.answer import MOST_EVIDENCE, Answer, Basis, Evidence, Question, searched
from postmortems.model.postmortem import Postmortem
from postmortems.text.slug import plain_slug

_OWN = r"(?:the |our |a |an )?(?:public )?(?:customer )?"
"""Words before a status page that is one's own: that of a supplier has the supplier's name there."""
_PAGE = r"(?:status ?page|status site)"
_POSTED = re.compile(
    rf"\b(?:entry|incident|message|notice|post|update)s?(?: \w+){{0,3}} (?:appears? |is |was )?(?:on|to|of|at)"
    rf" {_OWN}{_PAGE}\b"
    rf"|(?:^|[.;,:|] ?|\band |\bto |\bwe )(?:updated?|posted? (?:on|to)) {_OWN}{_PAGE}\b"
    rf"|(?:^|[.;,:|] ?|\band ){_OWN}{_PAGE}(?: entry)? (?:is |are |was |were )?"
    r"(?:opened|updated|set to|kept up to date)\b"
    r"|\bpublic status (?:is |was )?(?:brought up to date|updated|set to)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"\b{_PAGE}\b|\bpublic status\b", re.IGNORECASE)
_MAY_NAME = re.compile("status", re.IGNORECASE)
_IN_DOUBT = re.compile(
    r"\b(?:affected|broken|can ?not|could not|down|fail(?:s|ed)?|late|missing|never|no|not|provider|should|supplier"
    r"|third.party|unavailable|upstream|vendor|without|workaround)\b|n[’']t\b|[’']s (?:\w+ )?status",
    re.IGNORECASE,
)
_STATUS_HOST = re.compile(r"(?:^|\.)status(?:page)?\.|status\.(?:com|io|net|org)$")
_INCIDENT = re.compile(
    r"/browse/(?:INC|INCIDENT|SEV)-\d+\b|/incidents?(?:/-)?/issues/\d+\b|(?:app\.incident\.io|pagerduty\.com)/.*incidents/\w"
)


def public_status(postmortem: Postmortem) -> Answer:
    """A public status entry: one that the timeline speaks of, or that the sources link to.

    The owner's name is in the address of its own page; that of a supplier has another's.
    """
    links = list(_status_links(postmortem))
    if own := [link for link in links if _is_of(postmortem.front_matter.owner, link.url)]:
        return Answer(Question.PUBLIC_STATUS, True, Basis.STATUS_ENTRY, tuple(own[:MOST_EVIDENCE]))
    named = [
        (told, Evidence(event.place, event.text if _NAMED.search(searched(event.text)) else event.action, index))
        for index, event in enumerate(postmortem.timeline.events)
        if _MAY_NAME.search(event.text) or _MAY_NAME.search(event.action)
        if _NAMED.search(told := searched(f"{event.text} | {event.action}"))
    ]
    if posted := [evidence for told, evidence in named if _POSTED.search(told) and not _IN_DOUBT.search(told)]:
        return Answer(Question.PUBLIC_STATUS, True, Basis.STATUS_EVENT, tuple(posted[:MOST_EVIDENCE]))
    about = [*links, *(evidence for _, evidence in named)]
    return Answer(Question.PUBLIC_STATUS, None, Basis.STATUS_LINK if about else None, tuple(about[:MOST_EVIDENCE]))


def ticket(postmortem: Postmortem) -> Answer:
    """The incident's own ticket: a source that leads into a tracker of incidents."""
    found = tuple(evidence for evidence in _sources(postmortem) if _INCIDENT.search(evidence.url))
    return Answer(Question.TICKET, True, Basis.INCIDENT_LINK, found[:1]) if found else Answer(Question.TICKET)


def _sources(postmortem: Postmortem) -> Iterator[Evidence]:
    for index, url in enumerate(postmortem.front_matter.sources):
        yield Evidence(postmortem.place_of("sources", index), url, url=url)


def _status_links(postmortem: Postmortem) -> Iterator[Evidence]:
    """The sources that are an entry of a status page, and not the page itself."""
    for evidence in _sources(postmortem):
        if _STATUS_HOST.search(_host(evidence.url)) and urlsplit(evidence.url).path.strip("/"):
            yield evidence


def _is_of(owner: str | None, url: str) -> bool:
    words = plain_slug(owner or "").split("-")
    return bool(owner) and all(len(word) > 1 and word in _host(url) for word in words)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").casefold()
    except ValueError:  # An author's address may be none at all, such as http://[.
        return ""

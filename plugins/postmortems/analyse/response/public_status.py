"""Public word about an incident, and its own ticket, as its timeline and its sources show them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

from postmortems.analyse.response.answer import MOST_EVIDENCE, Answer, Basis, Evidence, Question, searched
from postmortems.analyse.response.clauses import clauses, first_clauses
from postmortems.model.postmortem import Postmortem
from postmortems.model.timeline import Event
from postmortems.text.slug import plain_slug

_WHO = (
    r"(?:we|(?:our |the )?team|(?:customer )?support(?: team)?|comms|communications|operations|engineers|responders"
    r"|(?:the )?on-?call(?: engineer)?|(?:the )?incident (?:commander|manager))"
)
"""Subjects that are one's own; a name may be that of a supplier."""
_BE = r"(?:(?:is|are|was|were|has been|have been|gets|got) )?"
_ORDER = r"(?:another|final|first|further|initial|last|new|second|third)"
_ENTRY = (
    rf"(?:(?:an?|our|the) )?(?:(?:{_ORDER}|brief|public|resolution|short) ){{0,2}}"
    r"(?:entry|incident|message|notice|post|statement|update)s?"
)
_PAGE = r"(?:status ?page(?:\.io)?|status site)"
_OWN = rf"(?:the |our )?(?:public |customer )?{_PAGE}"
_ON = rf"(?:on|to|via|through) {_OWN}"
_STATE = (
    r"(?:critical|degraded|green|identified|investigating|maintenance|major|minor|monitoring|operational|orange|outage"
    r"|partial|red|resolved|yellow)(?: \w+){0,3}"
)
_MORE = (
    r"(?: (?:again|accordingly|from here on|now|today))?"
    r"(?: (?:as|saying|stating|to (?:reflect|say|show|state)|with) .{1,300})?"
)


def _done_by_us(past: str, third: str, first: str) -> str:
    """A verb in the past, in the third person and after `we`: never an infinitive, which is a plan."""
    return rf"(?:(?:{_WHO} )?(?:{past})|{_WHO} (?:{third})|we (?:{first}))"


_POSTED = re.compile(
    "|".join(
        (
            rf"{_ENTRY} {_BE}(?:added|created|declared|made|opened|posted|published|put|sent(?: out)?) {_ON}{_MORE}",
            rf"(?:the )?{_ORDER} (?:entry|message|notice|post|statement|update) (?:of|on|to) {_OWN}",
            rf"(?:an?|the) (?:entry|message|notice|post|update) (?:appears|goes|is|was|went) (?:on|to) our {_PAGE}",
            rf"comms (?:posted|sent|sent out) {_ON}",
            rf"{_done_by_us('posted|published', 'posts|publishes', 'post|publish')}(?: {_ENTRY})? {_ON}{_MORE}",
            rf"{_done_by_us('added|created|opened|sent', 'adds|creates|opens|sends', 'add|create|open|send')} {_ENTRY}"
            rf" {_ON}{_MORE}",
            rf"{_done_by_us('updated', 'updates', 'update')} {_OWN}{_MORE}",
            rf"(?:blog and )?(?:{_OWN}(?: (?:entry|incident|message|notice|post))?|(?:the |our )?public status) {_BE}"
            rf"(?:updated|kept up to date|brought up to date|(?:set|updated) to {_STATE}){_MORE}",
            rf"{_OWN} (?:entry|incident|message|notice|post|update) {_BE}(?:added|created|opened|posted|published)"
            r"(?: (?:for|with) [\w ]{1,100})?",
        )
    ),
    re.IGNORECASE,
)
"""Clauses that say that one's own status page has an entry, as a whole."""
_NAMED = re.compile(rf"\b{_PAGE}\b|\bpublic status\b", re.IGNORECASE)
_MAY_NAME = re.compile("status", re.IGNORECASE)
_IN_DOUBT = re.compile(
    r"\b(?:affected|another|broken|can ?not|could|down|draft|earlier|fail(?:s|ed)?|if|internal|late|missing|never|no"
    r"|nobody|none|not|nothing|other|planned|previous|provider|said|says|should|supplier|third.party|todo|unavailable"
    r"|upstream|vendor|whether|without|workaround|would|yesterday)\b|n[’']t\b|[’']s (?:\w+ )?status",
    re.IGNORECASE,
)
_STATUS_HOST = re.compile(r"(?:^|\.)status(?:page)?\.|status\.(?:com|io|net|org)$")
_LIST = re.compile(
    r"(?:/[a-z]{2}(?:-[a-z]{2})?)?/(?:events|history|incidents?|posts|status|summary|uptime)?/?", re.IGNORECASE
)
"""Paths of a status page that show all of it, and no single entry."""
_MARKS_OF_STATUS = re.compile(r"^(?:status(?:page)?-?|www)|-?status(?:page)?$")
_SUFFIXES = frozenset(("ac", "co", "com", "edu", "gov", "net", "org"))
_HOSTERS = frozenset(("instatus", "status", "statuspage"))
_INCIDENT = re.compile(
    r"/browse/(?:INC|INCIDENT|SEV)-\d+\b|/incidents?(?:/-)?/issues/\d+\b|//app\.incident\.io/[\w/-]*incidents/\w"
    r"|//(?!www\.|support\.|developer\.|community\.)[\w-]+\.pagerduty\.com/incidents/\w"
)


def public_status(postmortem: Postmortem) -> Answer:
    """A public status entry: one that the timeline speaks of, or that the sources link to.

    The owner's name is in the address of its own page; that of a supplier has another's.
    """
    links = list(_status_links(postmortem))
    if own := [link for link in links if _is_of(postmortem.front_matter.owner, link.url)]:
        return Answer(Question.PUBLIC_STATUS, True, Basis.STATUS_ENTRY, tuple(own[:MOST_EVIDENCE]))
    named = list(_named(postmortem))
    if posted := [evidence for is_posted, evidence in named if is_posted]:
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


def _named(postmortem: Postmortem) -> Iterator[tuple[bool, Evidence]]:
    """The entries from the start on that name a status page, and whether one says that one's own was updated."""
    for index, event in enumerate(postmortem.timeline.events):
        if not (_MAY_NAME.search(event.text) or _MAY_NAME.search(event.action)) or _is_before(event, postmortem):
            continue
        text, action = searched(event.text), searched(event.action)
        if in_text := _NAMED.search(text) or _NAMED.search(action):
            quote = event.text if in_text.string is text else event.action
            yield _is_posted(text, action), Evidence(event.place, quote, index)


def _is_posted(text: str, action: str = "") -> bool:
    """True if the text begins with such a clause, or if any of the action is one: an action is one's own."""
    if _IN_DOUBT.search(text) or _IN_DOUBT.search(action):
        return False
    return any(map(_POSTED.fullmatch, (*first_clauses(text), *first_clauses(action), *clauses(action))))


def _is_before(event: Event, postmortem: Postmortem) -> bool:
    """True if an entry is from before the incident: about an earlier one, or a planned change."""
    start = postmortem.front_matter.started_at
    return bool(event.at and start and event.at < start)


def _status_links(postmortem: Postmortem) -> Iterator[Evidence]:
    """The sources that are an entry of a status page, and not the page itself."""
    for evidence in _sources(postmortem):
        url = _parts(evidence.url)
        if url and _STATUS_HOST.search(url.hostname or "") and (url.query or not _LIST.fullmatch(url.path)):
            yield evidence


def _is_of(owner: str | None, url: str) -> bool:
    """True if the domain of a status page is called as the owner, and the owner has no word that is not in it.

    Whole labels are compared: the team `Data` does not own `status.datadoghq.com`, nor the team `Cloud`
    `status.cloud.google.com`.
    """
    words = plain_slug(owner or "").split("-")
    parts = _parts(url)
    labels = (parts.hostname or "").casefold().split(".")[:-1] if parts else []
    while labels and (labels[-1] in _SUFFIXES or labels[-1] in _HOSTERS):
        labels.pop()
    names = [name for label in labels if (name := _MARKS_OF_STATUS.sub("", label).replace("-", ""))]
    if not names or not owner:
        return False
    return names[-1] == "".join(words) or (names[-1] in words and set(words) <= set(names))


def _parts(url: str) -> SplitResult | None:
    try:
        return urlsplit(url)
    except ValueError:  # An author's address may be none at all, such as http://[.
        return None

"""Runbooks that guided a mitigation, or were not there, as the timeline and the evaluation tell.

English only: in another language nothing is found, and the question stays one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortems.analyse.passages import passages
from postmortems.analyse.response.answer import MOST_EVIDENCE, Answer, Basis, Evidence, Question, searched
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.timeline import Event, Phase

_BOOK = r"(?:runbook|playbook)s?"
_BETWEEN = r"(?!(?:a|an|and|by|it|no|our|the|to|we|with)\b)[\w’'-]+ "
_FOLLOWED = re.compile(
    rf"\b(?:follow(?:ed|ing|s)?|per|according to|guided by)"
    rf" (?:(?:an?|its|our|that|the|this) (?:{_BETWEEN}){{0,4}})?{_BOOK}\b"
    rf"|\b{_BOOK}(?: for (?:{_BETWEEN}){{1,4}})? ?(?:is|are|was|were) followed\b",
    re.IGNORECASE,
)
_LACKING = re.compile(
    rf"\bno (?:[\w-]+ ){{0,3}}{_BOOK},? (?:[\w,-]+ ){{0,6}}(?:exist(?:s|ed)?|cover(?:s|ed)?|describe[sd])\b"
    rf"|\bthere (?:is|was|were) no (?:[\w-]+ ){{0,3}}{_BOOK}\b"
    rf"|\b{_BOOK} (?:did not|does not|didn[’']t|doesn[’']t) exist\b"
    r"|\bno (?:recovery )?procedure (?:for (?:its |the |such an? )?(?:failover|incident|recovery|restore))?,?"
    r" ?(?:[\w,-]+ ){0,6}exist(?:s|ed)?\b",
    re.IGNORECASE,
)
_IN_DOUBT = re.compile(
    r"\b(?:afterwards|could|instead|later|never|new|next|not|outdated|partly|should|stale|update[ds]?|would|wr(?:ite|itten|ote)"
    r"|wrong)\b|n[’']t\b",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"\b{_BOOK}\b", re.IGNORECASE)
_ADDRESS = re.compile(r"\]\(([^()\s]{0,500}(?:runbook|playbook)[^()\s]{0,500})\)", re.IGNORECASE)
_PRAISED_IN = "What Went Well"
_LACKING_IN = ("Areas for Improvement", "Contributing Factors", "Detection Gaps")
_TELLING = ("runbook", "playbook", "procedure")


def runbook(postmortem: Postmortem) -> Answer:
    """A runbook that guided the mitigation: an entry of the response follows it or links to it."""
    entries = (f"{event.text} {event.action} {event.link}" for event in postmortem.timeline.events)
    if not any(map(_may_tell, ("\n".join(postmortem.body.lines), *entries))):
        return Answer(Question.RUNBOOK_GUIDED)
    events = list(_events(postmortem))
    went_well, went_badly = list(_passages(postmortem, _PRAISED_IN)), list(_passages(postmortem, *_LACKING_IN))
    told = [*events, *went_well, *went_badly]
    followed = [
        evidence for words, evidence in (*events, *went_well) if _FOLLOWED.search(words) and not _IN_DOUBT.search(words)
    ]
    lacking = [evidence for words, evidence in (*events, *went_badly) if _LACKING.search(words)]
    linked = [evidence for words, evidence in _linked(postmortem) if not _IN_DOUBT.search(words)]
    for says, basis, found in (
        (True, Basis.RUNBOOK_FOLLOWED, followed),
        (True, Basis.RUNBOOK_LINKED, linked),
        (False, Basis.RUNBOOK_LACKING, lacking),
    ):
        if found and not (lacking and says):
            return Answer(Question.RUNBOOK_GUIDED, says, basis, tuple(found[:MOST_EVIDENCE]))
    named = tuple(evidence for words, evidence in told if _NAMED.search(words))[:MOST_EVIDENCE]
    return Answer(Question.RUNBOOK_GUIDED, None, Basis.RUNBOOK_NAMED if named else None, named)


def _may_tell(text: str) -> bool:
    """True if there is anything to look for: in most texts there is not."""
    lower = text.lower()
    return any(word in lower for word in _TELLING)


def _events(postmortem: Postmortem) -> Iterator[tuple[str, Evidence]]:
    for index, event in enumerate(postmortem.timeline.events):
        if _is_of_the_response(event, postmortem):
            for text in (event.text, event.action):
                if _may_tell(text):
                    yield searched(text), Evidence(event.place, text, index)


def _passages(postmortem: Postmortem, *sections: str) -> Iterator[tuple[str, Evidence]]:
    for name in sections:
        if section := postmortem.body.find(name):
            lines = {block.text.strip(): block.first for block in section.all_blocks()}
            for text in filter(_may_tell, passages(postmortem, name)):
                yield searched(text), Evidence(Place.at(postmortem.path, lines.get(text, section.line)), text)


def _linked(postmortem: Postmortem) -> Iterator[tuple[str, Evidence]]:
    """The entries between detection and mitigation that link to a runbook."""
    matter = postmortem.front_matter
    for index, event in enumerate(postmortem.timeline.events):
        if not (event.at and matter.detected_at and matter.mitigated_at):
            continue
        found = _ADDRESS.search(f"{event.text} {event.action} ]({event.link})")
        if found and matter.detected_at <= event.at <= matter.mitigated_at:
            yield searched(f"{event.text} {event.action}"), Evidence(event.place, event.text, index)


def _is_of_the_response(event: Event, postmortem: Postmortem) -> bool:
    """True if an entry is neither before the incident nor after it: a runbook may have set it off."""
    matter = postmortem.front_matter
    if event.phase is Phase.FOLLOW_UP or event.at is None:
        return False
    begin, end = matter.detected_at or matter.started_at, matter.resolved_at
    return bool(begin and event.at > begin and (end is None or event.at <= end))

"""Runbooks that guided a mitigation, or were not there, as the timeline and the evaluation tell.

English only: in another language nothing is found, and the question stays one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortems.analyse.passages import passages
from postmortems.analyse.response.answer import MOST_EVIDENCE, Answer, Basis, Evidence, Question, searched
from postmortems.analyse.response.clauses import clauses, first_clauses, sentences
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.timeline import Event, Phase

_BOOK = r"(?:runbook|playbook)s?"
_WORD = (
    r"(?!(?:an?|and|by|communications?|customers?|deploy\w*|draft|escalation|example|first|incident|it|its|knew|knows"
    r"|links?|longer|maintenance|media|migration|new|next|no|notif\w+|of|old|on|on-?call|onboarding|one|other|our"
    r"|outdated|paging|postmortem|release|response|review|said|saw|status|steps?|support|template|that|the|this|to|we"
    r"|which|with|wrong)\b)[\w’'-]+"
)
"""A word of a runbook's name or topic: neither one that goes on with the sentence, nor one that tells that it guides
other work than a mitigation, such as calling people."""
_THE = r"(?:(?:an?|its|our|such an?|that|the|this) )?"
_TOPIC = rf"(?:it|such|that|this|{_THE}{_WORD}(?: {_WORD}){{0,5}})"
_RUNBOOK = rf"{_THE}(?:{_WORD} ){{0,4}}{_BOOK}(?: for {_TOPIC})?"
_WHO = r"(?:we|(?:the )?team|engineers|responders|(?:the )?on-?call(?: engineer)?)"
_BY = r"(?:according to|as per|by following|following|guided by|per)"
_FOLLOWED = re.compile(
    rf"(?:(?:{_WHO} )?follow(?:s|ed)|{_WHO} follow) {_RUNBOOK}(?: to the letter)?"
    rf"|{_RUNBOOK} (?:is|are|was|were) followed(?: to the letter)?",
    re.IGNORECASE,
)
_DONE_BY = re.compile(rf"(?:^|.* ){_BY} {_RUNBOOK}", re.IGNORECASE)
_STEP = re.compile(
    r"\b(?:block|cancel|clear|delet|disabl|drain|enabl|enlarg|evict|expand|extend|fail(?:ed|s)?[ -]?over|flush|increas"
    r"|isolat|kill|lower|moved|moves|promot|purg|rais|re-?boot|re-?build|re-?built|recover|re-?deploy|redirect|reduc"
    r"|renew|repair|replac|re-?process|re-?rout|reset|re-?start|restor|revert|roll(?:ed|s)?[ -]?back|rotat|scal|shed"
    r"|shift|switch|throttl|turn(?:ed|s) (?:off|on))",
    re.IGNORECASE,
)
"""Beginnings of words for what mitigates: a runbook may also say whom to call."""
_NO = r"no (?:(?:documented|existing|failover|recovery|restore|such|written) ){0,2}"
_ABOUT = r"(?P<about>(?:[\w’'-]+ ){0,2}[\w’'-]+)"
_LACKING = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"there (?:is|was|were) (?:also )?{_NO}{_BOOK}(?: at all)?(?: for {_ABOUT})?",
        rf"{_NO}{_BOOK}(?: for {_ABOUT})? exist(?:s|ed)",
        rf"{_NO}{_BOOK} (?:covers?|covered|describe[sd]?) {_ABOUT}",
        rf"(?:an?|the) {_BOOK}(?: for {_ABOUT})? (?:did not|does not|didn[’']t|doesn[’']t) exist",
        r"no (?:recovery )?procedure for (?P<about>(?:its|such an?|this) (?:failover|incident|recovery|restore))"
        r"(?:, and no [\w ]{1,40},)? exist(?:s|ed)",
    )
)
_THIS = re.compile(
    r"it|this|(?:its|such an?|that|this)"
    r" (?:case|failover|failure|fault|incident|outage|problem|recovery|restore|service|situation)",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:another|customers?|how|in|its?|media|notif\w+|of|on|other|press|support|teams?|that|these|this)\b",
    re.IGNORECASE,
)
_PIECE = re.compile(r"[^\W\d_]{4,}")
_STEM = 5
_IN_DOUBT = re.compile(
    r"\b(?:afterwards|although|asked|attempt\w*|avoid\w*|but|could|denied|drill|except|exercise|fail(?:s|ed)?(?! ?over)"
    r"|forbidden|if|instead|lacks?|last|later|missing|never|new|next|no|nobody|none|not|nothing|old|ordered|outdated"
    r"|partly|planned|proposed|refused|rehears\w+|remains?|requested|should|skip\w*|stale|stays?|still|though"
    r"|tr(?:y|ies|ied)|until|update[ds]?|vain|without|worse|would|wr(?:ite|itten|ote)|wrong)\b|n[’']t\b",
    re.IGNORECASE,
)
_LACKING_IN_DOUBT = re.compile(r"\b(?:although|but|except|if|though)\b", re.IGNORECASE)
_NAMED = re.compile(rf"\b{_BOOK}\b", re.IGNORECASE)
_ADDRESS = re.compile(r"\]\(([^()\s]{0,500}(?:runbook|playbook)[^()\s]{0,500})\)", re.IGNORECASE)
_PRAISED_IN = "What Went Well"
_LACKING_IN = ("Areas for Improvement", "Contributing Factors", "Detection Gaps")
_TELLING = ("runbook", "playbook", "procedure")


def runbook(postmortem: Postmortem) -> Answer:
    """A runbook that guided the mitigation, as an entry of the response says. A link alone shows that one was read."""
    entries = (f"{event.text} {event.action} {event.link}" for event in postmortem.timeline.events)
    if not any(map(_may_tell, ("\n".join(postmortem.body.lines), *entries))):
        return Answer(Question.RUNBOOK_GUIDED)
    events = list(_events(postmortem))
    went_well, went_badly = list(_passages(postmortem, _PRAISED_IN)), list(_passages(postmortem, *_LACKING_IN))
    followed = [evidence for words, evidence in (*events, *went_well) if _is_followed(words)]
    lacking = [evidence for words, evidence in (*events, *went_badly) if _is_lacking(words, postmortem)]
    if bool(followed) != bool(lacking):
        basis = Basis.RUNBOOK_FOLLOWED if followed else Basis.RUNBOOK_LACKING
        return Answer(Question.RUNBOOK_GUIDED, bool(followed), basis, tuple((followed or lacking)[:MOST_EVIDENCE]))
    if linked := tuple(_linked(postmortem)):
        return Answer(Question.RUNBOOK_GUIDED, None, Basis.RUNBOOK_LINKED, linked[:MOST_EVIDENCE])
    told = (*events, *went_well, *went_badly)
    named = tuple(evidence for words, evidence in told if _NAMED.search(words))[:MOST_EVIDENCE]
    return Answer(Question.RUNBOOK_GUIDED, None, Basis.RUNBOOK_NAMED if named else None, named)


def _is_followed(words: str) -> bool:
    """True if a clause says so as a whole, or if it says by what one that mitigates was done."""
    if _IN_DOUBT.search(words) or not _NAMED.search(words):
        return False
    found = list(clauses(words))
    return any(map(_FOLLOWED.fullmatch, found)) or bool(_STEP.search(words) and any(map(_DONE_BY.fullmatch, found)))


def _is_lacking(words: str, postmortem: Postmortem) -> bool:
    """True if a clause says, as a whole, that there was none for what happened here."""
    if _LACKING_IN_DOUBT.search(words):
        return False
    found = (pattern.fullmatch(clause) for clause in (*sentences(words), *first_clauses(words)) for pattern in _LACKING)
    return any(match and _is_about(match["about"] or "this", postmortem) for match in found)


def _is_about(topic: str, postmortem: Postmortem) -> bool:
    """True if a topic points to the incident, or has a word in common with what it is called."""
    matter = postmortem.front_matter
    named = " ".join(filter(None, (matter.title, matter.root_cause, matter.trigger, *matter.services)))
    if _THIS.fullmatch(topic):
        return True
    return not _ELSEWHERE.search(topic) and not _stems(topic).isdisjoint(_stems(named))


def _stems(text: str) -> set[str]:
    return {word[:_STEM] for word in _PIECE.findall(text.casefold())}


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


def _linked(postmortem: Postmortem) -> Iterator[Evidence]:
    """The entries between detection and mitigation that link to a runbook."""
    matter = postmortem.front_matter
    for index, event in enumerate(postmortem.timeline.events):
        if not (event.at and matter.detected_at and matter.mitigated_at):
            continue
        found = _ADDRESS.search(f"{event.text} {event.action} ]({event.link})")
        if found and matter.detected_at <= event.at <= matter.mitigated_at:
            yield Evidence(event.place, event.text, index)


def _is_of_the_response(event: Event, postmortem: Postmortem) -> bool:
    """True if an entry is neither before the incident nor after it: a runbook may have set it off."""
    matter = postmortem.front_matter
    if event.phase is Phase.FOLLOW_UP or event.at is None:
        return False
    begin, end = matter.detected_at or matter.started_at, matter.resolved_at or matter.mitigated_at
    return bool(begin and end and begin < event.at <= end)

"""Examination of a postmortem for both rules on language: findings, each with its place and the author's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial

from postmortems.check.retrospective import passages, stretches
from postmortems.language.agents import AgentFinder
from postmortems.language.cues import Cues
from postmortems.language.finding import Finding, Kind
from postmortems.language.sentences import Sentence, parse, spans
from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem

Detector = Callable[[Sentence, AgentFinder], Iterable[Finding]]

_SHOWN = 80


def examine_language(
    postmortem: Postmortem, sections: frozenset[str], cues: Cues, detect: Detector
) -> Iterator[tuple[Kind, Place, str]]:
    """Each finding of `detect` in these sections: its kind, its place and the words, in the order of the text.

    Where two overlap the one that begins first counts, and of those the longer one.
    """
    chosen = [stretch for stretch in stretches(postmortem, sections) if cues.are_in(stretch.raw)]
    if not chosen:
        return
    names, things = _people(postmortem), _things(postmortem)
    for passage in passages(postmortem, chosen):
        for sentence, before in _sentences(passage.text, cues):
            for finding in _apart(detect(sentence, AgentFinder(sentence, before, names, things))):
                start, stop = sentence.places[finding.first][0], sentence.places[finding.last][1]
                yield finding.kind, passage.place(start, stop), _shown(passage.raw[start:stop])


def _sentences(text: str, cues: Cues) -> Iterator[tuple[Sentence, Callable[[], Sentence]]]:
    """The sentences with a cue, each with the one before it, which is parsed only if it is asked for."""
    last = (0, 0)
    for begin, end in spans(text):
        if cues.are_in(text[begin:end]):
            yield parse(text, begin, end), cache(partial(parse, text, *last))
        last = begin, end


def _apart(findings: Iterable[Finding]) -> Iterator[Finding]:
    done = -1
    for finding in sorted(findings, key=lambda finding: (finding.first, -finding.last)):
        if finding.first > done:
            yield finding
            done = finding.last


def _shown(raw: str) -> str:
    """The words as they are quoted: a long stretch without its middle, since who acts and what they do are its ends."""
    words = " ".join(raw.split())
    if len(words) <= _SHOWN:
        return words
    begin, end = words[: _SHOWN // 2], words[-_SHOWN // 2 :]
    return f"{begin.rpartition(' ')[0] or begin} … {end.partition(' ')[2] or end}"


def _people(postmortem: Postmortem) -> frozenset[str]:
    """The given and family names of those who wrote the postmortem, acted in its timeline or own its action items.

    A single word may also be a team or a service, and counts for nothing.
    """
    written = [*(postmortem.front_matter.authors or ())]
    written += [event.actor for event in postmortem.timeline.events if event.actor]
    written += [item.owner for item in postmortem.actions.items if item.owner]
    names = (name.split() for name in written)
    return frozenset(
        word.lower() for parts in names if len(parts) == 2 and all(part.istitle() for part in parts) for word in parts
    )


def _things(postmortem: Postmortem) -> frozenset[str]:
    """The words in the names of the postmortem's services and patterns, in lower case: none of them is a person."""
    written = [
        *(postmortem.front_matter.services or ()),
        *(occurrence.pattern for occurrence in postmortem.front_matter.patterns or ()),
    ]
    return frozenset(word.lower() for name in written for word in (name, *name.replace("-", " ").split()))

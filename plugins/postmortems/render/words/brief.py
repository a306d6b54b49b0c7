"""Impact, cause and fix of an incident in a sentence each, taken from its author's text and never composed."""

from __future__ import annotations

from dataclasses import dataclass

from postmortems.analyse.mitigation import mitigating_event
from postmortems.model.own_answer import own_answer
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import BlockKind
from postmortems.render.words.formats import moment_after
from postmortems.render.words.plain import first_sentence, opening, sentence_of

LONGEST = 180
"""The length, in characters, at which a sentence is cut at a word."""


@dataclass(frozen=True, slots=True)
class Brief:
    """A sentence each, empty where the author states none. `fixed_at` is set where the fix is from the timeline."""

    impact: str
    cause: str
    fix: str
    fixed_at: str = ""


@own_answer
def brief(postmortem: Postmortem) -> Brief:
    """The labelled points of the summary; without one, the sentence of the text that states the same.

    That is the summary's first sentence for the impact, that of Primary Cause for the cause, and for the fix what was
    done, or happened, at the moment of mitigation.
    """
    points = postmortem.points
    impact = _sentence(points.impact) or _first_of(postmortem, "Executive Summary") or first_sentence(postmortem) or ""
    cause = _sentence(points.cause) or _first_of(postmortem, "Primary Cause", "Root Cause Analysis")
    if fix := _sentence(points.fix):
        return Brief(_stated(impact), cause, fix)
    event = mitigating_event(postmortem)
    fix = _sentence(event.action.strip() or event.text) if event else ""
    if event is None or not fix:
        return Brief(_stated(impact), cause, "")
    at = moment_after(event.at, postmortem.front_matter.started_at)
    return Brief(_stated(impact), cause, fix, f"about {at}" if event.approximate else at)


def _first_of(postmortem: Postmortem, *sections: str) -> str:
    """The first sentence of the first paragraph of a section, of the first of them that has one; a question that a
    team's own template asks there is none."""
    for name in sections:
        if found := postmortem.body.find(name):
            paragraphs = (block for block in found.all_blocks() if block.kind is BlockKind.PARAGRAPH)
            sentences = (_stated(_finished(opening((block,), LONGEST) or "")) for block in paragraphs)
            if words := next((words for words in sentences if words and not words.endswith("?")), ""):
                return words
    return ""


def _sentence(markdown: str) -> str:
    return _stated(_finished(sentence_of(markdown, LONGEST)))


def _stated(words: str) -> str:
    """The words, or nothing where they are a text of the template: `[Primary technical cause]`."""
    return "" if words.startswith("[") and words.rstrip(".").endswith("]") else words


def _finished(words: str) -> str:
    """A sentence as one: with a capital where it begins with a plain word, and a full stop."""
    first = words.partition(" ")[0]
    if first.isascii() and first.isalpha() and first.islower():
        words = words[0].upper() + words[1:]
    return f"{words}." if words and words[-1].isascii() and (words[-1].isalnum() or words[-1] in ")\"'") else words

"""Keys, patterns, postmortems and rules in the words that an editor shows beside them."""

from __future__ import annotations

from collections.abc import Mapping
from inspect import cleandoc

from pydantic import BaseModel

from postmortems.check.rule import Rule
from postmortems.desk.language_server.knowledge_base import KnowledgeBase
from postmortems.model.front_matter import KEYS, FrontMatter, NotRepeat, Occurrence
from postmortems.model.pattern import Pattern
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import BlockKind, Section
from postmortems.model.survey import is_survey
from postmortems.read.pattern import PatternFrontMatter
from postmortems.read.register import WrittenEntry
from postmortems.read.survey import WrittenSurvey
from postmortems.text.markdown import escaped

_ENTRIES = {
    "patterns": {"pattern": "Id of a pattern", "role": "Part that it played"},
    "not_repeat_of": {"id": "Id of the earlier postmortem", "reason": "Why this one does not repeat it"},
}
_RIGHT_NOW = "right now"
_LONGEST = 3_000


def is_yaml(base: KnowledgeBase, path: str) -> bool:
    """True for a file that is a list of entries as a whole: the register, and surveys."""
    return path in base.corpus.register_paths or is_survey(path)


def keys_of(base: KnowledgeBase, path: str, below: str = "") -> Mapping[str, str]:
    """The keys that a document's front matter may have, or an entry below one of them, each with its meaning."""
    if path in base.corpus.register_paths:
        return _meanings(WrittenEntry)
    if is_survey(path):
        return _meanings(WrittenSurvey)
    if below:
        return _ENTRIES.get(below, {})
    if path.startswith("patterns/"):
        return _meanings(PatternFrontMatter)
    return {key: FrontMatter.model_fields[key].description or "" for key in KEYS}


def _meanings(shape: type[BaseModel]) -> Mapping[str, str]:
    return {key: each.description or "" for key, each in shape.model_fields.items()}


def pattern_words(pattern: Pattern) -> str:
    """A pattern as somebody needs it who asks whether it is this one: its first paragraph, and what to do right now."""
    lead = next((block.text for block in pattern.body.lead if block.kind is BlockKind.PARAGRAPH), "")
    now = next((section for section in pattern.body.walk() if section.title.strip().casefold() == _RIGHT_NOW), None)
    parts = [f"**{escaped(pattern.title)}**", lead, f"**Right now**\n\n{_text_of(now, pattern)}" if now else ""]
    return _cut("\n\n".join(part for part in parts if part))


def postmortem_words(postmortem: Postmortem) -> str:
    """A postmortem in a paragraph: its title, day and severity, and how its summary begins."""
    matter = postmortem.front_matter
    facts = [str(postmortem.day or "date unknown"), matter.severity or "severity unknown", *matter.services]
    summary = postmortem.body.find("Executive Summary")
    said = next((block.text for block in summary.blocks if block.kind is BlockKind.PARAGRAPH), "") if summary else ""
    return _cut("\n\n".join(filter(None, (f"**{escaped(postmortem.title)}**", escaped(" · ".join(facts)), said))))


def description_of(rule: Rule) -> str:
    """Description of a rule: the first part of its page."""
    return cleandoc(rule.page or "").partition("## Why this matters")[0].removeprefix("## What it does").strip()


def _text_of(section: Section, pattern: Pattern) -> str:
    return "\n".join(pattern.body.line(line) for line in range(section.line + 1, section.last + 1)).strip()


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


assert set(_ENTRIES["patterns"]) == set(Occurrence.model_fields)
assert set(_ENTRIES["not_repeat_of"]) == set(NotRepeat.model_fields)

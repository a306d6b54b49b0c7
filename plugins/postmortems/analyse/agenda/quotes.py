"""Passages of a postmortem that an agenda quotes; what a template left is no one's words."""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.analyse.agenda.meeting import Point, Quote, Topic
from postmortems.analyse.passages import passage_blocks
from postmortems.model.corpus import Corpus
from postmortems.model.postmortem import Postmortem
from postmortems.model.template import is_left_over


def quotes(section: str, postmortem: Postmortem, corpus: Corpus) -> tuple[Quote, ...]:
    """The points that a postmortem makes in a section, in the order of the text."""
    return tuple(
        Quote(text, block.first, section)
        for block in passage_blocks(postmortem, section)
        if not is_left_over(text := block.text.strip(), corpus)
    )


def quoted(topic: Topic, section: str, postmortem: Postmortem, corpus: Corpus, most: int) -> Iterator[Point]:
    """A point with the first `most` passages of a section, if there are any; `number` counts those left out."""
    if found := quotes(section, postmortem, corpus):
        yield Point(topic, quotes=found[:most], number=max(0, len(found) - most))

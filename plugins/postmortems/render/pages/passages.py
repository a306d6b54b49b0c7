"""What several postmortems say in one of their sections, such as their contributing factors, grouped by incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markdown.extensions.toc import slugify

from postmortems.analyse.passages import passages
from postmortems.model.postmortem import Postmortem
from postmortems.render.base.context import PageContext
from postmortems.render.pages.newest import newest
from postmortems.render.words.incident import clipped, short_name
from postmortems.render.words.plain import plain_words

UNFOLDED = 6
"""The number of incidents whose passages are shown at once; further ones are folded."""

_MOST = 12
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Passages:
    """What one postmortem says in a section, in plain text, with a link to where it stands."""

    incident: str
    title: str
    href: str
    texts: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class PassageList:
    """The passages of incidents that have any, newest first: those that are `shown`, and those that are `folded`.

    `total` is the number of incidents that have any, listed or not.
    """

    shown: Sequence[Passages] = ()
    folded: Sequence[Passages] = ()
    total: int = 0

    @property
    def listed(self) -> int:
        """The number of incidents whose passages are there."""
        return len(self.shown) + len(self.folded)


def passages_of(section: str, members: Sequence[Postmortem], context: PageContext) -> PassageList:
    """What incidents given oldest first say in a section, by its canonical name; of many the newest alone."""
    said = [(one, texts) for one in members if (texts := passages(section, one))]
    shown = [_passages(section, one, texts, context) for one, texts in newest(said)]
    return PassageList(shown[:UNFOLDED], shown[UNFOLDED:], len(said))


def _passages(name: str, one: Postmortem, texts: Sequence[str], context: PageContext) -> Passages:
    section = one.body.find(name)
    # The anchor is the one that the site's table of contents gives plain words; of other headings the page is linked.
    anchor = f"#{slugify(section.title, '-')}" if section and section.title.isascii() and not section.is_label else ""
    return Passages(
        incident=short_name(one),
        title=one.title,
        href=f"{context.addresses.postmortem(one)}{anchor}",
        texts=tuple(clipped(plain_words(text), _LONGEST) for text in texts[:_MOST]),
        more=max(0, len(texts) - _MOST),
    )

"""States of action items as authors write them → the state, the day it was reached, and what else is said.

    ✅ Done · Done. · Done (PR 12) · Completed 2026-03-04 · 100 % · ~~Open~~ Done · In progress · Won't do: too dear

A state is understood whole or not at all: behind its word may be a detail ("in PR 12", a link, a day), but nothing
that takes it back ("done, except for the dashboard"). What is not understood is never taken for open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from postmortems.model.action_item import ActionState
from postmortems.read.action_marks import BOXES, MARKS, NO_TICK, marks_around
from postmortems.read.languages import chosen, plain_word, word_list, words
from postmortems.read.timeline.in_english import match_written_day
from postmortems.settings import DateOrder
from postmortems.text.inline import without_escapes

_LONGEST = 500
_MOST_WORDS = 6
_IMAGE_OR_LINK = re.compile(r"!?\[([^\[\]]{0,300})\](?:\([^()\s]{0,1000}(?:\s[^()]{0,200})?\)|\[[^\[\]]{0,100}\])")
_URL = re.compile(r"<?https?://[^\s<>|]{1,1000}>?")
_STRUCK = re.compile(r"~~[^~]{1,300}~~|<(del|s|strike)>[^<>]{0,300}</\1>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_ATTRIBUTES = re.compile(r"\{\s?[:#.][^{}]{0,200}\}")
_EMPHASIS = re.compile(r"(?<!\\)[*`]|(?<![\w\\])_+|_+(?!\w)")
_BOX = re.compile(r"\[\s{0,5}(\S?)[\s\ufe0f]{0,5}\](?=\s|$)")
_PERCENT = re.compile(r"(\d{1,3})\s?%(?:\s(\S.{0,60}))?")
_PERCENT_IN = re.compile(r"(?<!\d)(\d{1,3})\s?%")
_WORD = re.compile(r"(?:[^\W_]|['’])+")
_BETWEEN = re.compile(r"[\s_-]{1,3}")
_ARROW = re.compile(r"→|[-=]>")
_BREAK = re.compile(r"[()\[\]{},;:|/]|[.!](?=\s|$)|\s[-–—]+(?=\s|$)|[-–—]\s")
_REFERENCE = re.compile(r"[A-Z][A-Z0-9]{1,9}-\d|(?:PR|MR)s?\b|https?:")
_BEFORE_A_DAY = re.compile(r"[\s(\[,;:.–—-]{0,6}(?:(?:on|at|since|as of)\s{1,3})?", re.IGNORECASE)
_BY = re.compile(r"\bby\s{1,3}(?=\d)", re.IGNORECASE)
_IN_PARENTHESES = re.compile(r"\(([^()]{1,200})\)")
_EMPTY = re.compile(r"[\s\-–—−_.*]*")


@dataclass(frozen=True, slots=True)
class WrittenState:
    """A state as an author wrote it: `state` is None where it is not understood. `day` is when it was reached.

    `detail` is what else is said with it: where it was done, or why it was dropped. `is_default` tells a box that is
    not ticked, with which every list begins: a day of closing counts more.
    """

    state: ActionState | None
    written: str
    day: date | None = None
    detail: str = ""
    is_default: bool = False


def read_state(text: str, own: Mapping[str, ActionState], *, column: bool = False) -> WrittenState | None:
    """Read a state; None where nothing is written. `own` is the setting `states`.

    `column` tells that the text fills a cell of a column of states, where more words are known.
    """
    written = text.strip()
    shown = _shown(written[:_LONGEST])
    if enclosed := _IN_PARENTHESES.fullmatch(shown):
        shown = enclosed[1].strip()
    if len(written) > _LONGEST or not shown:
        return WrittenState(None, written) if written else None
    if _EMPTY.fullmatch(shown) and shown not in own:
        return WrittenState(None, written) if shown != written.strip("*_`") else None
    known = _known(tuple(own.items()), column, chosen())
    if set(shown) == {"?"}:
        return WrittenState(known.get(shown, ActionState.UNKNOWN), written)
    for word, meaning in own.items():
        if shown == word.strip() or (plain_word(shown) == plain_word(word) != ""):
            return WrittenState(meaning, written)
    if box := _BOX.match(shown):
        mark = box[1].casefold()
        claims, rest = [known.get(mark, BOXES.get(mark))], shown[box.end() :].strip()
    else:
        marks, rest = marks_around(shown)
        claims = [known.get(mark, MARKS.get(mark)) for mark in marks if mark and not (rest and mark in NO_TICK)]
    if not rest:
        state = claims[0] if len(set(claims)) == 1 else None
        return WrittenState(state, written, is_default=bool(box and not box[1]))
    if set(claims) == {ActionState.DONE} and (day := day_at(rest, 0)) and day[1] == len(rest):
        return WrittenState(ActionState.DONE, written, day[0])
    read = _in_words(_ARROW.split(rest)[-1].strip() or rest, known, free=column)
    agrees = read is not None and all(claim is read.state for claim in claims)
    return WrittenState(read.state, written, read.day, read.detail) if read and agrees else WrittenState(None, written)


def read_tick(text: str, own: Mapping[str, ActionState]) -> WrittenState:
    """Read a cell of a column to tick, such as "Done": yes or no, a mark, the day of closing, nothing, or a state."""
    words_of_ticks = words("tick_words")
    shown = _shown(text.strip()[:_LONGEST])
    if _EMPTY.fullmatch(shown):
        return WrittenState(ActionState.OPEN, text.strip(), is_default=True)
    if meaning := words_of_ticks.get(plain_word(shown)):
        return WrittenState(ActionState(meaning), text.strip())
    if (day := day_at(shown, 0)) and day[1] == len(shown):
        return WrittenState(ActionState.DONE, text.strip(), day[0])
    return read_state(text, own, column=True) or WrittenState(None, text.strip())


def day_at(text: str, start: int, order: DateOrder = DateOrder.ISO) -> tuple[date, int] | None:
    """Return the day at `start` and where it ends, if it leaves no doubt: ISO, or in words with its year.

    `order` is the setting that says how `04-03-2026` is read.
    """
    found = match_written_day(text, start)
    if found is None or found[0].year is None or (found[0].ambiguous and order is DateOrder.ISO):
        return None
    readings = found[0].readings(None)  # month first, where both are days
    day = next(iter(reversed(readings) if order is DateOrder.DAY_FIRST else readings), None)
    return (day, found[1]) if day else None


@lru_cache(16)
def _known(
    own: tuple[tuple[str, ActionState], ...], column: bool, languages: tuple[str, ...]
) -> Mapping[str, ActionState]:
    """Map words, and a team's own marks, to states; the team's own come first."""
    topics = ("action_states", "action_states_in_columns") if column else ("action_states",)
    found = {word: ActionState(meaning) for topic in topics for word, meaning in words(topic, languages).items()}
    for written, state in own:
        found[written.strip()] = state
        if word := plain_word(written):
            found[word] = state
    return MappingProxyType(found)


def _shown(text: str) -> str:
    """A cell as a reader sees it, without what is struck out."""
    text = _STRUCK.sub(" ", _IMAGE_OR_LINK.sub(_words_of_link, text))
    text = _ATTRIBUTES.sub(" ", _TAG.sub(" ", text)).replace("&nbsp;", " ")
    return " ".join(without_escapes(_EMPHASIS.sub("", text)).split())


def _words_of_link(link: re.Match[str]) -> str:
    """Text of a link; behind other words it is a detail of them, as if it were in parentheses."""
    is_first = not any(character.isalnum() for character in link.string[: link.start()])
    return link[1] if is_first else f"({link[1]})"


def _in_words(text: str, known: Mapping[str, ActionState], *, free: bool) -> WrittenState | None:
    """A state in words with what is behind it; None where one of these is not understood.

    `free` lets any words follow that of an open item ("Waiting for the vendor"), if none of them is of another state.
    """
    if percent := _PERCENT.fullmatch(text):
        done = int(percent[1])
        tail = percent[2]
        if done > 100 or (tail and known.get(plain_word(tail)) is not ActionState.DONE):
            return None
        return WrittenState(ActionState.DONE if done == 100 else ActionState.OPEN, text)
    found = _phrase(text, known)
    if found is None:
        return None
    state, end, phrase = found
    tail = text[end:]
    if not _begins_a_detail(tail) and not (free and state is ActionState.OPEN and _names_no_other(tail, known)):
        return None
    others = {known[word] for word in _pieces(tail) if word in known} - {state}
    if others == {ActionState.DROPPED} and phrase in word_list("closing_words"):
        return WrittenState(ActionState.DROPPED, text)
    if others or (state is ActionState.DONE and _is_doubted(tail)):
        return None
    day = None
    if (
        state is ActionState.DONE
        and (before := _BEFORE_A_DAY.match(tail))
        and (found_day := day_at(tail, before.end()))
    ):
        day, tail = found_day[0], tail[found_day[1] :]
    return WrittenState(state, text, day, tail.strip(" .,;:!()[]–—-/"))


def _phrase(text: str, known: Mapping[str, ActionState]) -> tuple[ActionState, int, str] | None:
    """The longest known phrase that begins a text, and where it ends."""
    ends: list[int] = []
    at = 0
    while len(ends) < _MOST_WORDS and (word := _WORD.match(text, at)):
        ends.append(word.end())
        if not (gap := _BETWEEN.match(text, word.end())):
            break
        at = gap.end()
    for end in reversed(ends):
        phrase = plain_word(text[:end])
        if state := known.get(phrase):
            return state, end, phrase
    return None


def _begins_a_detail(tail: str) -> bool:
    """True if a text behind a state can belong to it: nothing, a break, a number, or a word such as "in"."""
    bare = tail.lstrip()
    if not bare or _BREAK.match(tail) or bare[0] in "#@([{|/":
        return True
    if len(bare) == len(tail):
        return False
    if bare[0].isdigit() or _REFERENCE.match(bare) or day_at(bare, 0):
        return True
    first = plain_word(bare[:40]).split()
    return not word_list("state_details").isdisjoint((" ".join(first[:1]), " ".join(first[:2])))


def _names_no_other(tail: str, known: Mapping[str, ActionState]) -> bool:
    """True if no word of a text is one of a state other than open."""
    return tail[:1].isspace() and all(
        known.get(word, ActionState.OPEN) is ActionState.OPEN for word in plain_word(tail).split()
    )


def _pieces(tail: str) -> Iterator[str]:
    """The pieces of a text that may name a second state: "closed *as not planned*", "done and *deployed*"."""
    details = word_list("state_details")
    for piece in _BREAK.split(tail):
        word = plain_word(piece)
        yield word
        first, _, rest = word.partition(" ")
        if first in details:
            yield rest


def _is_doubted(tail: str) -> bool:
    bare = _URL.sub(" ", tail)
    doubts = word_list("state_doubts")
    if any(int(percent[1]) < 100 for percent in _PERCENT_IN.finditer(bare)):
        return True
    if any(day_at(bare, by.end()) for by in _BY.finditer(bare)):  # a deadline, or the day of closing: nobody can tell
        return True
    return "?" in bare or any(word in doubts for word in plain_word(bare).split())

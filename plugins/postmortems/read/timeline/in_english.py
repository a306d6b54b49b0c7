"""Times and days in the words of other languages → the same in English, which is what the reader of times knows.

    14時23分 · 午後2時半 · 2026年3月4日(水) · 4 de marzo de 2026 · kl. 14.23 · 翌日 · nächster Tag

Only the head of a text is rewritten, for reading alone: what is shown stays as written, and `Rewritten` tells where
each character was. Where English alone is read, nothing of this runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from postmortems.read.languages import ENGLISH, chosen, pattern_of, word_list, words
from postmortems.read.timeline.written_day import WrittenDay, match_day

_HEAD = 120
_WIDE = str.maketrans("０１２３４５６７８９：（）【】　，、～〜〰", "0123456789:()[] ,,–––")
"""Full-width figures and signs, each for one of ASCII."""
_WIDE_SEPARATORS = "：，、；\u3000"
_IDEOGRAPHIC = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3"
_WIDE_SIGN = re.compile("[０-９：（）【】　，、～〜〰]")


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A text in English words. `starts` and `ends` are the places in the original of each rewritten character."""

    original: str
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    grown: int

    def start_of(self, index: int) -> int:
        """The place in the original of what begins at `index`."""
        return self.starts[index] if index < len(self.starts) else index - self.grown

    def rest_of(self, index: int) -> str:
        """The original from `index` on, without the sign of another script that parts it from a time."""
        return self.original[self.start_of(index) :].rstrip().lstrip(_WIDE_SEPARATORS)

    def end_of(self, index: int) -> int:
        """The place in the original of the end of what ends before `index`."""
        return self.ends[index - 1] if 0 < index <= len(self.ends) else self.start_of(index)


def in_english(text: str) -> Rewritten | None:
    """The text with the times at its head in English; None where nothing of it is in another language."""
    languages = chosen()
    if languages == ENGLISH:
        return None
    original = text[:_HEAD]
    head = original.translate(_WIDE) if _WIDE_SIGN.search(original) else original
    known = _known(languages)
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    at = 0
    for found in known.pattern.finditer(head):
        new = known.english(found)
        pieces += (head[at : found.start()], new)
        starts += (*range(at, found.start()), *[found.start()] * len(new))
        ends += (*range(at + 1, found.start() + 1), *[found.end()] * len(new))
        at = found.end()
    pieces.append(head[at:])
    starts += range(at, len(head))
    ends += range(at + 1, len(head) + 1)
    made = "".join(pieces)
    if made == original:
        return None
    return Rewritten(text, made + text[_HEAD:], tuple(starts), tuple(ends), len(made) - len(head))


def match_written_day(text: str, start: int) -> tuple[WrittenDay, int] | None:
    """The day that begins at `start` in the words of any language that is read, and where it ends."""
    if (found := match_day(text, start)) or (rewritten := in_english(text[start : start + _HEAD])) is None:
        return found
    lead = len(rewritten.text) - len(rewritten.text.lstrip())
    found = match_day(rewritten.text, lead)
    if found is None:
        return None
    # A blank that was put behind the day belongs to it.
    end = rewritten.end_of(found[1])
    return found[0], start + end


def begins_a_sentence(line: str) -> bool:
    """True if a line begins with a word that leads to a time in a sentence: `Um 14:23 …`."""
    languages = chosen()
    return languages != ENGLISH and bool(_known(languages).lead.match(line))


def zone_in_english(text: str) -> str:
    """A line with the words for zones, and those that say of which times, in English: `All times in Europe/Berlin`."""
    languages = chosen()
    if languages == ENGLISH:
        return text
    text = re.sub(
        rf"(?<=[A-Za-z0-9])(?=[{_IDEOGRAPHIC}])|(?<=[{_IDEOGRAPHIC}])(?=[A-Za-z])", " ", text.translate(_WIDE)
    )
    return _known(languages).zones.sub(_known(languages).zone, text)


class _Known:
    """The words of some languages for times, as one pattern."""

    def __init__(self, languages: tuple[str, ...]) -> None:
        def topic(name: str) -> dict[str, str]:
            return dict(words(name, languages))

        def units(kind: str) -> str:
            return _any(word for word, meaning in topic("clock_units").items() if meaning == kind)

        def day_units(kind: str) -> str:
            return _any(word for word, meaning in topic("date_units").items() if meaning == kind)

        self.months = topic("months")
        self.weekdays = topic("weekdays")
        self.halves = topic("halves_of_day")
        self.phrases = topic("time_phrases")
        self.before = topic("words_before_times")
        self.behind = topic("words_behind_times")
        self.zone_names = topic("zone_names")
        at = _any(word for word, meaning in self.before.items() if meaning in ("at", "oclock"))
        oclock = _any(word for word, meaning in self.before.items() if meaning == "oclock")
        self.lead = re.compile(rf"[*_`]{{0,3}}{at}\.?\s?\d", re.IGNORECASE)
        between = _any(word_list("words_between_times", languages))
        joiners = _any(word_list("day_joiners", languages))
        clock_words = _any(word for word, meaning in self.behind.items() if meaning == "oclock")
        month = _any(self.months)
        weekday = _any(self.weekdays)
        hour, minute, second, half = (units(kind) for kind in ("hour", "minute", "second", "half"))
        self.pattern = re.compile(
            rf"""(?P<y>(?:19|20)\d\d)\s?{day_units("year")}\s?(?P<ym>\d{{1,2}})\s?{day_units("month")}
                   \s?(?P<yd>\d{{1,2}})\s?{day_units("day")}?
              | (?P<m>\d{{1,2}})\s?{day_units("month")}\s?(?P<d>\d{{1,2}})\s?{day_units("day")}?
              | (?:(?P<before_half>{_any(self.halves)})\s?)?(?P<h>\d{{1,2}})\s?{hour}
                   (?:\s?(?P<half>{half})
                     | \s?(?P<mi>\d{{1,2}}(?=\s?{minute})|\d\d(?![\d.,%]))(?:\s?{minute})?(?![間间간])
                       (?:\s?(?P<s>\d{{1,2}})\s?{second})?
                     | (?<=[時时시])(?![間间간])
                     | (?=\s?(?:[:,–—)\]|*_左前后钟整-]|$)))
              | (?P<half_colon>{_any(self.halves)})\s?(?P<ch>\d{{1,2}}):(?P<cm>\d\d)
              | (?<![\w.:/-])(?:(?P<lead_day>{joiners})\s)?(?P<dd>\d{{1,2}})(?:er|\.|º|°)?[\s-]?(?:{joiners}\s?)?
                   (?P<month>{month})(?!\w)\.?
                   (?:,?\s?(?:{joiners}\s)?(?P<year>(?:19|20)\d\d)(?!\d|:\d))?
              | (?<!\w)(?P<weekday>{weekday})(?!\w)\.?(?=,?\s{{1,2}}(?:{joiners}\s)?\d|\s?[)\]:]|\s?$)
              | (?<=\d)(?:\s?{clock_words})?\s?(?P<between>{between})\s?(?:{at}\.?\s)?(?=\d)
              | (?:(?<=\d)|(?<=[{_IDEOGRAPHIC}]))\s?(?P<behind>{_any(self.behind)})(?![^\W{_IDEOGRAPHIC}])
              | (?<!\w)(?P<dotted>{oclock})\.?\s?(?P<dh>\d{{1,2}})\.(?P<dm>\d\d)(?![\d.])
              | (?<![^\W\d{_IDEOGRAPHIC}])(?P<before>{_any(self.before)})\.?\s?(?=[\d~])
              | (?<![^\W\d{_IDEOGRAPHIC}])(?P<phrase>{_any(self.phrases)})(?![^\W\d{_IDEOGRAPHIC}])
              | (?<![^\W\d{_IDEOGRAPHIC}])(?P<zone>{_any(self.zone_names)})(?![^\W\d{_IDEOGRAPHIC}])
              | (?P<gap>(?<=\d:\d\d)(?=[{_IDEOGRAPHIC}]))""",
            re.IGNORECASE | re.VERBOSE,
        )
        announced = _any(word_list("zone_announcements", languages))
        self.zones = re.compile(
            rf"(?<![^\W\d{_IDEOGRAPHIC}])(?:(?P<zone>{_any(self.zone_names)})|(?P<all>{announced}))"
            rf"(?![^\W\d{_IDEOGRAPHIC}])",
            re.IGNORECASE,
        )

    def zone(self, found: re.Match[str]) -> str:
        """The English for a word of a sentence about zones."""
        return f" {self.zone_names[_key(found['zone'])]} " if found["zone"] else "All times in "

    def english(self, found: re.Match[str]) -> str:
        """The English for what was found."""
        follows = found.string[found.end() : found.end() + 1]
        # A letter of these languages right behind a time ends it, where an English one would not.
        gap = " " if follows and (follows.isalnum() or follows == "(") else ""
        part = found.groupdict()
        if part["y"]:
            return f"{part['y']}-{int(part['ym']):02}-{int(part['yd']):02}{gap}"
        if part["m"]:
            return _day(part["d"], part["m"], None) + gap if 1 <= int(part["m"]) <= 12 else found[0]
        if part["h"]:
            minute = "30" if part["half"] else part["mi"] or "0"
            second = f":{int(part['s']):02}" if part["s"] else ""
            return self._clock(part["before_half"], part["h"], minute) + second + gap
        if part["half_colon"]:
            return self._clock(part["half_colon"], part["ch"], part["cm"])
        if part["dotted"]:
            return self._clock(None, part["dh"], part["dm"])
        if part["month"]:
            return _day(part["dd"], self.months[_key(part["month"])], part["year"]) + gap
        if part["weekday"]:
            return _english("weekdays")[self.weekdays[_key(part["weekday"])]]
        if part["between"]:
            return "–"
        if part["gap"] is not None:
            return " "
        if part["zone"]:
            return f" {self.zone_names[_key(part['zone'])]}{gap}"
        for name, known, form in (
            ("behind", self.behind, " {}"),
            ("before", self.before, "{} "),
            ("phrase", self.phrases, "{}"),
        ):
            if part[name]:
                meaning = known[_key(part[name])]
                return ("" if meaning in ("at", "oclock") else form.format(meaning)) + gap
        return found[0]

    def _clock(self, half: str | None, hour: str, minute: str) -> str:
        figures = int(hour)
        meaning = self.halves.get(_key(half)) if half else None
        if meaning == "pm" and figures < 12:
            figures += 12
        elif meaning == "am" and figures == 12:
            figures = 0
        return f"{figures:02}:{int(minute):02}"


@lru_cache(8)
def _known(languages: tuple[str, ...]) -> _Known:
    return _Known(languages)


@cache
def _english(topic: str) -> dict[str, str]:
    """The longest English word for each month or weekday, by its number."""
    known = words(topic, ENGLISH)
    return {
        number: max((w for w, m in known.items() if m == number), key=len).capitalize() for number in known.values()
    }


def _any(known: Iterable[str]) -> str:
    """A pattern for any of some words; one that never matches where there are none."""
    listed = list(known)
    return pattern_of(listed) if listed else r"(?!)"


def _key(written: str) -> str:
    """A word as it stands in the files: they are in lower case."""
    return " ".join(written.lower().split())


def _day(day: str, month: str, year: str | None) -> str:
    name = _english("months")[str(int(month))]
    return f"{int(day)} {name} {year}" if year else f"{int(day)} {name}"

"""No output shows a secret or personal data whole: this is the one place that sees to it.

Diagnostics are masked as they are made, whichever rule speaks, and a report's source lines as they are asked for. It
makes no difference whether the rules about secrets and personal data are switched off, or waived at that place.

A text is searched twice. What has a shape of its own is found in whatever text it stands, also where an author wrote
it with escapes. What was found by its surroundings, such as a password in an address, is known by then, and is
masked wherever it turns up among the files of one folder, also where a message has cut off its end.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from postmortems.check.personal.find import find_personal_data
from postmortems.check.report import Report
from postmortems.check.secrets import PRIVATE_KEY, find_secrets
from postmortems.check.sensitive import Sensitive, stars
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Diagnostic
from postmortems.model.edit import Edit
from postmortems.model.personal_data import PersonalData

_SHORTEST = 6
"""A shorter value, and one of letters alone, is masked only at its own place: it may well be an ordinary word."""

_CUT = 12
"""How many of a value's first characters tell that it was cut off."""

_KEY_LINE = re.compile(
    r"[ \t>|\"'`-]{0,20}(?:[A-Za-z0-9+/=]{16,80}|[A-Z][A-Za-z-]{1,20}: .{0,100})?[ \t\"'`|\\nr,]{0,12}"
)
_LONGEST_KEY = 120
"""Lines of a private key: one of 4,096 bits has 52."""

_SIGNS = str.maketrans(dict.fromkeys("_+/=.:@", "-"))

SourceLine = Callable[[str, int], str | None]


@dataclass(frozen=True)
class _Known:
    """The values of one folder in alphabetical order, each with how it is shown; all of them folded."""

    values: list[str]
    shown: Mapping[str, Sensitive]
    heads: frozenset[str]
    longest: int

    @classmethod
    def of(cls, shown: Mapping[str, Sensitive]) -> _Known:
        """Those of a mapping from each value to how it is shown."""
        heads = frozenset(value[:_SHORTEST] for value in shown)
        return cls(sorted(shown), shown, heads, max(map(len, shown)))

    def in_text(self, text: str) -> Iterator[Sensitive]:
        """Every one of them in `text`, whole or cut off at its end."""
        text, place = _folded(text), 0
        while place + _SHORTEST <= len(text):
            found = self._at(text, place) if text[place : place + _SHORTEST] in self.heads else None
            if found:
                yield found
            place = found.end if found else place + 1

    def _at(self, text: str, place: int) -> Sensitive | None:
        near = bisect(self.values, text[place : place + self.longest])
        candidates = ((value, _common(value, text, place)) for value in self.values[max(0, near - 1) : near + 1])
        value, common = max(candidates, key=lambda pair: pair[1])
        shown = self.shown[value]
        if common == len(value):
            return replace(shown, start=place, end=place + common)
        if common < _CUT:
            return None
        return Sensitive(place, place + common, shown.what, min(shown.head, common // 4))


def _folded(text: str) -> str:
    """A text as it is compared, just as long: an address that is made of a value has other letters and signs."""
    lower = text.lower()
    return (lower if len(lower) == len(text) else text).translate(_SIGNS)


def _common(value: str, text: str, place: int) -> int:
    length = 0
    for mine, theirs in zip(value, text[place : place + len(value)], strict=False):
        if mine != theirs:
            break
        length += 1
    return length


@dataclass(frozen=True)
class Masking:
    """What of one run must not be shown."""

    _personal_data: PersonalData
    _known: Mapping[str, _Known] = field(repr=False)

    @classmethod
    def of(cls, corpus: Corpus, personal_data: PersonalData) -> Masking:
        """That of everything which was read."""
        found: defaultdict[str, dict[str, Sensitive]] = defaultdict(dict)
        for excerpt in corpus.all_excerpts():
            for one in map(_without_label, _shaped(excerpt.text, personal_data)):
                value = excerpt.text[one.start : one.end]
                if len(value) >= _SHORTEST and not value.isalpha():
                    found[_folder(excerpt.path)][_folded(value)] = one
        return cls(personal_data, {folder: _Known.of(values) for folder, values in found.items()})

    def diagnostic(self, one: Diagnostic) -> Diagnostic:
        """The same with nothing in its message and its help that must not be shown."""
        path = one.place.path
        return replace(one, message=self.message(path, one.message), help=self.message(path, one.help))

    def message(self, path: str, text: str) -> str:
        """A text about the file at `path`, with short forms in place of what is hidden."""
        return self._with(path, text, Sensitive.masked)

    def source_line(self, path: str, number: int, source_line: SourceLine) -> str | None:
        """A line of a file as it may be shown: as long as it is, with stars in place of what is hidden."""
        line = source_line(path, number)
        if line is None:
            return None
        if _is_in_private_key(path, number, source_line):
            return stars(line)
        return self._with(path, line, Sensitive.starred)

    def reveals(self, edit: Edit) -> bool:
        """Whether a change to a file would show something hidden. It cannot be masked: it is to be applied as it is."""
        return self._with(edit.place.path, edit.text, Sensitive.starred) != edit.text

    def _with(self, path: str, text: str, form: Callable[[Sensitive, str], str]) -> str:
        found = _shaped(text, self._personal_data)
        if known := self._known.get(_folder(path)):
            found += known.in_text(text)
        if not found:
            return text
        pieces: list[str] = []
        done = 0
        for one in sorted(found, key=lambda one: (one.start, -one.end)):
            if one.end <= done:
                continue
            # Of what reaches beyond another one, nothing more is shown.
            rest = one if one.start >= done else replace(one, start=done, head=0, tail=0)
            pieces += text[done : rest.start], form(rest, text)
            done = rest.end
        return "".join([*pieces, text[done:]])


def _shaped(text: str, personal_data: PersonalData) -> list[Sensitive]:
    return [*find_secrets(text), *find_personal_data(text, personal_data)]


def _without_label(one: Sensitive) -> Sensitive:
    """Without a beginning that says only what it is, such as the first line of a private key."""
    return replace(one, start=one.start + one.head, head=0) if one.head >= _CUT else one


def masked_report(report: Report, masking: Masking) -> Report:
    """A report whose source lines are masked, and whose edits do not hold what is hidden."""

    @cache
    def source_line(path: str, number: int) -> str | None:
        return masking.source_line(path, number, report.source_line)

    def edits(diagnostic: Diagnostic) -> tuple[Edit, ...]:
        found = report.edits(diagnostic)
        return () if any(map(masking.reveals, found)) else found

    return replace(report, source_line=source_line, edits=edits)


def _folder(path: str) -> str:
    return path.rpartition("/")[0]


def _is_in_private_key(path: str, number: int, source_line: SourceLine) -> bool:
    """Whether a line stands below the first line of a private key, with nothing but lines of a key between."""
    for above in range(number, max(0, number - _LONGEST_KEY), -1):
        line = source_line(path, above) or ""
        if above < number and any(one.what == PRIVATE_KEY for one in find_secrets(line)):
            return True
        if not _KEY_LINE.fullmatch(line):
            return False
    return False

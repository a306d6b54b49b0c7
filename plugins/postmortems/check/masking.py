"""No output shows a secret or personal data whole: this is the one place that sees to it.

Diagnostics are masked as they are made, whichever rule speaks, and a report's source lines as they are asked for. It
makes no difference whether the rules about secrets and personal data are switched off, or waived at that place.

A text is searched twice. What has a shape of its own is found in whatever text it is, also where an author wrote
it with escapes. What was found by its surroundings, such as a password in an address, is known by then, and is
masked wherever it turns up among the files of one folder, also where a message has cut off its end.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from postmortems.check.known_values import CUT, SHORTEST, KnownValues, folded
from postmortems.check.personal.find import find_personal_data
from postmortems.check.report import Report
from postmortems.check.secrets import PRIVATE_KEY, find_secrets
from postmortems.check.sensitive import Sensitive, stars
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Diagnostic
from postmortems.model.edit import Edit
from postmortems.model.personal_data import PersonalData
from postmortems.text.markdown import escaped
from postmortems.text.terminal import escape_controls

_ESCAPE = re.compile(r"\\(?=[\\`*_\[\]()<>#!|~&$:^])|\u2060")
"""Pattern for what `escaped` puts between the characters of a text."""

_KEY_LINE = re.compile(
    r"[ \t>|\"'`-]{0,20}(?:[A-Za-z0-9+/=]{16,80}|[A-Z][A-Za-z-]{1,20}: .{0,100})?[ \t\"'`|\\nr,]{0,12}"
)
_LONGEST_KEY = 120
"""Lines of a private key: one of 4,096 bits has 52."""

SourceLine = Callable[[str, int], str | None]


@dataclass(frozen=True)
class Masking:
    """Values that one run must not show, and the hiding of them."""

    _personal_data: PersonalData
    _known: Mapping[str, KnownValues] = field(repr=False)

    @classmethod
    def of(cls, corpus: Corpus, personal_data: PersonalData) -> Masking:
        """Masking of everything that was read."""
        found: defaultdict[str, dict[str, Sensitive]] = defaultdict(dict)
        for excerpt in corpus.all_excerpts():
            for span in map(_without_label, _shaped(excerpt.text, personal_data)):
                value = excerpt.text[span.start : span.end]
                if len(value) >= SHORTEST and not value.isalpha():
                    found[_folder(excerpt.path)][folded(value)] = span
        return cls(personal_data, {folder: KnownValues.of(values) for folder, values in found.items()})

    def diagnostic(self, diagnostic: Diagnostic) -> Diagnostic:
        """The same with nothing in its message and its help that must not be shown."""
        path = diagnostic.place.path
        return replace(
            diagnostic, message=self.message(path, diagnostic.message), help=self.message(path, diagnostic.help)
        )

    def message(self, path: str, text: str) -> str:
        """A text about the file at `path`, with short forms in place of what is hidden."""
        return self._with(path, text, Sensitive.masked)

    def text(self, path: str, text: str) -> str:
        """A text of several lines from the file at `path`, with stars in place of what is hidden."""
        lines = text.split("\n")
        return "\n".join(
            self.source_line(path, number, lambda _, line: lines[line - 1]) or "" for number in range(1, len(lines) + 1)
        )

    def source_line(self, path: str, number: int, source_line: SourceLine) -> str | None:
        """A line of a file as it may be shown: as long as it is, with stars in place of what is hidden."""
        line = source_line(path, number)
        if line is None:
            return None
        if _is_in_private_key(path, number, source_line):
            return stars(line)
        return self._with(path, line, Sensitive.starred)

    def reveals(self, edit: Edit) -> bool:
        """True if a change to a file would show something hidden. It cannot be masked, since it is to be applied as it
        is."""
        return self._with(edit.place.path, edit.text, Sensitive.starred) != edit.text

    def markdown(self, text: str) -> str:
        """Markdown that quotes any files, as `escaped` writes it, with short forms in place of what is hidden."""
        values = {value: shown for known in self._known.values() for value, shown in known.shown.items()}
        known = KnownValues.of(values) if values else None
        return "\n".join(self._in_markdown(line, known) for line in text.split("\n"))

    def _in_markdown(self, line: str, known: KnownValues | None) -> str:
        escapes = {place.start() for place in _ESCAPE.finditer(line)}
        places = [place for place in range(len(line)) if place not in escapes]
        plain = "".join(line[place] for place in places)
        pieces: list[str] = []
        done = 0
        for span in self._hidden(plain, known):
            pieces += line[done : places[span.start]], escaped(span.masked(plain))
            done = places[span.end - 1] + 1
        return "".join([*pieces, line[done:]])

    def _with(self, path: str, text: str, form: Callable[[Sensitive, str], str]) -> str:
        pieces: list[str] = []
        done = 0
        for span in self._hidden(text, self._known.get(_folder(path))):
            pieces += text[done : span.start], form(span, text)
            done = span.end
        return "".join([*pieces, text[done:]])

    def _hidden(self, text: str, known: KnownValues | None) -> Iterator[Sensitive]:
        """Yield the parts of a text that must not be shown, in its order, no two overlapping."""
        found = _shaped(text, self._personal_data)
        if known:
            found += known.in_text(text)
        done = 0
        for span in sorted(found, key=lambda span: (span.start, -span.end)):
            if span.end > done:
                # Of what reaches beyond another one, nothing more is shown.
                yield span if span.start >= done else replace(span, start=done, head=0, tail=0)
                done = span.end


def printable(text: str) -> str:
    """A line about no file that was read, as it may be printed: harmless, and no secret whole."""
    pieces: list[str] = []
    done = 0
    for span in find_secrets(text):
        pieces += text[done : span.start], span.masked(text)
        done = span.end
    return escape_controls("".join([*pieces, text[done:]]))


def _shaped(text: str, personal_data: PersonalData) -> list[Sensitive]:
    return [*find_secrets(text), *find_personal_data(text, personal_data)]


def _without_label(span: Sensitive) -> Sensitive:
    """Remove a beginning that says only what it is, such as the first line of a private key."""
    return replace(span, start=span.start + span.head, head=0) if span.head >= CUT else span


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
    """True if the line is part of a private-key block."""
    for above in range(number, max(0, number - _LONGEST_KEY), -1):
        line = source_line(path, above) or ""
        if above < number and any(span.what == PRIVATE_KEY for span in find_secrets(line)):
            return True
        if not _KEY_LINE.fullmatch(line):
            return False
    return False

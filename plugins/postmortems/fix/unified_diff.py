"""What edits have changed, as a unified diff that `git apply` and `patch -p1` take.

Each line knows where it came from, so nothing is compared: a file of any length costs what its lines cost.
Source of the form: GNU diffutils manual, "Detailed Description of Unified Format".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from postmortems.fix.rewrite import Line, Lines

_CONTEXT = 3

Step = tuple[int, int, int, int]
"""A stretch of old lines (the first, and the one behind the last), and the stretch of new lines that it became."""


Show = Callable[[Sequence[str], int], str]
"""The line with this index among all of them, as it is to be shown, with its end."""


def as_it_is(lines: Sequence[str], index: int) -> str:
    """A line without anything hidden."""
    return lines[index]


def unified_diff(before: bytes, lines: Lines, name: str, show: Show = as_it_is) -> Iterator[str]:
    """The lines of the diff with their ends; none where nothing has changed."""
    old, new = _compared(before.decode("utf-8"), lines)
    steps = _steps(len(old), new)
    if steps:
        yield f"--- {_named(f'a/{name}')}\n"
        yield f"+++ {_named(f'b/{name}')}\n"
    texts = [line.text for line in new]
    for hunk in _hunks(steps):
        yield _head(hunk, len(old))
        for sign, those, index in _signed(hunk, old, texts):
            text = show(those, index)
            yield f"{sign}{text}" if text.endswith("\n") else f"{sign}{text}\n\\ No newline at end of file\n"


def _named(name: str) -> str:
    """A file's name as git writes it: one with blanks is closed by a tab, one with odd characters stands in quotes."""
    if name.isprintable() and '"' not in name and "\\" not in name:
        return f"{name}\t" if " " in name else name
    written = (
        f"\\{byte:03o}" if byte < 32 or byte > 126 or byte in b'"\\' else chr(byte)
        for byte in name.encode("utf-8", "surrogateescape")
    )
    return f'"{"".join(written)}"'


def _compared(before: str, lines: Lines) -> tuple[list[str], list[Line]]:
    """The old lines and the new ones as those programs count them, for which only `\\n` ends a line.

    In a file with other line ends, which hardly any program writes, all lines count as new.
    """
    old = _lines(before)
    if before.replace("\r\n", "").count("\r"):
        return old, [Line(text, -1) for text in _lines("".join(line.text for line in lines))]
    # What stands behind the last line end is a line only if it is something.
    return old, [line for line in lines if line.text]


def _lines(text: str) -> list[str]:
    found = [f"{line}\n" for line in text.split("\n")]
    found[-1] = found[-1][:-1]
    return found if found[-1] else found[:-1]


def _steps(length: int, new: list[Line]) -> list[Step]:
    """The stretches that differ; `length` is the number of old lines."""
    steps: list[Step] = []
    at = begin = 0
    for index, line in enumerate([*new, Line("", length)]):
        if line.origin < 0:
            continue
        if line.origin > at or index > begin:
            steps.append((at, line.origin, begin, index))
        at, begin = line.origin + 1, index + 1
    return steps


def _hunks(steps: list[Step]) -> Iterator[list[Step]]:
    """The steps, those together that lie so near to each other that their surroundings touch."""
    hunk: list[Step] = []
    for step in steps:
        if hunk and step[0] - hunk[-1][1] > 2 * _CONTEXT:
            yield hunk
            hunk = []
        hunk.append(step)
    if hunk:
        yield hunk


def _head(hunk: list[Step], length: int) -> str:
    """The line above a hunk; `length` is the number of old lines."""
    above, below = _around(hunk, length)
    old = _range(hunk[0][0] - above, hunk[-1][1] + below)
    return f"@@ -{old} +{_range(hunk[0][2] - above, hunk[-1][3] + below)} @@\n"


def _around(hunk: list[Step], length: int) -> tuple[int, int]:
    """How many lines are shown above and below a hunk."""
    return min(_CONTEXT, hunk[0][0]), min(_CONTEXT, length - hunk[-1][1])


def _signed(hunk: list[Step], old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, Sequence[str], int]]:
    """Each line of a hunk: its sign, the lines that it is one of, and its index among them."""
    above, below = _around(hunk, len(old))
    at = hunk[0][0] - above
    for first, last, new_first, new_last in hunk:
        yield from ((" ", old, index) for index in range(at, first))
        yield from (("-", old, index) for index in range(first, last))
        yield from (("+", new, index) for index in range(new_first, new_last))
        at = last
    yield from ((" ", old, index) for index in range(at, at + below))


def _range(begin: int, end: int) -> str:
    """A stretch of lines, counted from 1; an empty one is named by the line above it."""
    length = end - begin
    return f"{begin + 1 if length else begin},{length}"

"""A file after its fixes, and what has changed in it as a unified diff that `git apply` and `patch -p1` take.

Source of the form: GNU diffutils manual, "Detailed Description of Unified Format".
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_CONTEXT = 3

Show = Callable[[Sequence[str], int], str]
"""The line with this index among all of them, as it is to be shown, with its end."""


def as_it_is(lines: Sequence[str], index: int) -> str:
    """A line without anything hidden."""
    return lines[index]


@dataclass(frozen=True, slots=True)
class FixedFile:
    """`path` is below the docs folder, `before` are the bytes that were read, `after` those that are to be written.

    `answered` is the number of findings that the edits put right; edits of mere form answer none.
    """

    path: str
    before: bytes
    after: bytes
    answered: int = 0

    def diff(self, name: str, show: Show = as_it_is) -> Iterator[str]:
        """The change as a unified diff, line by line with their ends; nothing where nothing has changed.

        `name` is what the file is called from where the diff is read.
        """
        if self.before == self.after:
            return
        old, new = _lines(self.before), _lines(self.after)
        yield f"--- {_quoted(f'a/{name}')}\n"
        yield f"+++ {_quoted(f'b/{name}')}\n"
        for hunk in SequenceMatcher(None, old, new).get_grouped_opcodes(_CONTEXT):
            _, old_first, _, new_first, _ = hunk[0]
            _, _, old_last, _, new_last = hunk[-1]
            yield f"@@ -{_range(old_first, old_last)} +{_range(new_first, new_last)} @@\n"
            for kind, first, last, first_new, last_new in hunk:
                yield from _signed(" " if kind == "equal" else "-", old, range(first, last), show)
                if kind != "equal":
                    yield from _signed("+", new, range(first_new, last_new), show)


def _signed(sign: str, lines: Sequence[str], indices: range, show: Show) -> Iterator[str]:
    for index in indices:
        text = show(lines, index)
        yield f"{sign}{text}" if text.endswith("\n") else f"{sign}{text}\n\\ No newline at end of file\n"


def _lines(data: bytes) -> list[str]:
    """Lines with their ends, as programs count them that take a diff: only `\\n` ends one."""
    lines = [f"{line}\n" for line in data.decode("utf-8").split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _quoted(name: str) -> str:
    """A file's name as git writes it: one with blanks is closed by a tab, one with odd characters is quoted."""
    if name.isprintable() and '"' not in name and "\\" not in name:
        return f"{name}\t" if " " in name else name
    written = (
        f"\\{byte:03o}" if byte < 32 or byte > 126 or byte in b'"\\' else chr(byte)
        for byte in name.encode("utf-8", "surrogateescape")
    )
    return f'"{"".join(written)}"'


def _range(begin: int, end: int) -> str:
    """A range of lines, counted from 1; an empty one is named by the line above it."""
    length = end - begin
    return f"{begin + 1 if length else begin},{length}"

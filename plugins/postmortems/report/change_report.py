"""Report on what merging a change would do, as Markdown for a pull request and for the summary of a CI job.

Everything that authors wrote is escaped: the text is in a comment that a bot writes with its own rights.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from postmortems.check.run import fails
from postmortems.model.diagnostic import Diagnostic
from postmortems.model.postmortem import Postmortem
from postmortems.render.words.formats import day_words
from postmortems.report.change_card import Change, change_card, finding_lines
from postmortems.text.markdown import code, escaped
from postmortems.text.spelling import count_words

MARK = "<!-- postmortems report -->"
"""The first line, by which a CI job finds the comment that it wrote before."""

LONGEST = 60_000
"""GitHub refuses comments of more than 65,536 characters."""


def change_report(change: Change) -> str:
    """The report as Markdown that ends with a line break, never longer than a comment may be.

    What blocks comes first, so that it is there where the rest does not fit.
    """
    by_file: dict[str, list[Diagnostic]] = {}
    for diagnostic in change.diagnostics:
        by_file.setdefault(_home(diagnostic.place.path, change), []).append(diagnostic)
    parts: list[tuple[bool, str]] = []
    for addition in change.additions:
        own = by_file.pop(addition.postmortem.path, [])
        parts.append((_blocks(own, change), "\n".join(change_card(addition, own, change))))
    if by_file:
        others = [diagnostic for several in by_file.values() for diagnostic in several]
        parts.append((_blocks(others, change), "\n".join(_elsewhere(by_file, change))))
    parts.sort(key=lambda part: not part[0])
    return _bounded(["\n".join(_head(change)), *(text for _, text in parts), f"As of {day_words(change.today)}."])


def _blocks(diagnostics: Sequence[Diagnostic], change: Change) -> bool:
    return any(fails([diagnostic], strict=change.strict) for diagnostic in diagnostics)


def _head(change: Change) -> Iterator[str]:
    yield MARK
    yield "## Effect of merging"
    yield ""
    if not (change.additions or change.patterns or change.removed or change.diagnostics):
        yield "This change affects no postmortems or patterns."
        return
    blocking = sum(fails([diagnostic], strict=change.strict) for diagnostic in change.diagnostics)
    advising = len(change.diagnostics) - blocking
    to_mend = count_words(blocking, "finding")
    verdict = f"**{to_mend} to fix before merging**" if blocking else "No blocking findings"
    yield f"{verdict}, {count_words(advising, 'finding')} to consider." if advising else f"{verdict}."
    facts = [f"{count_words(len(change.additions), 'postmortem')} changed"] if change.additions else []
    if change.patterns:
        facts.append(f"patterns changed: {', '.join(map(code, change.patterns))}")
    if change.removed:
        facts.append(f"removed: {', '.join(map(code, change.removed))}")
    if facts:
        yield ""
        yield f"{'; '.join(facts)[:1].upper()}{'; '.join(facts)[1:]}."
    if change.note:
        yield ""
        yield f"_{escaped(change.note[:1].upper() + change.note[1:])}._"


def _elsewhere(by_file: dict[str, list[Diagnostic]], change: Change) -> Iterator[str]:
    yield "### Other files"
    for path, several in by_file.items():
        yield ""
        yield code(change.shown.get(path, path))
        yield from finding_lines(several, change)


def _home(path: str, change: Change) -> str:
    """The changed postmortem that a file belongs to: its own, or the one in whose folder it lies."""
    for addition in change.additions:
        if path == addition.postmortem.path or _is_beside(path, addition.postmortem):
            return addition.postmortem.path
    return path


def _is_beside(path: str, postmortem: Postmortem) -> bool:
    folder, _, name = postmortem.path.rpartition("/")
    return name == "postmortem.md" and path.startswith(f"{folder}/")


def _bounded(parts: list[str]) -> str:
    """The parts, one below the other, as many as fit; where some do not, the last line says so."""
    text = ""
    for number, part in enumerate(parts):
        if len(text) + len(part) > LONGEST:
            left = len(parts) - number
            return f"{text}\nReport cut short: {count_words(left, 'more part')} did not fit in a comment.\n"
        text += f"{part}\n\n" if number < len(parts) - 1 else f"{part}\n"
    return text

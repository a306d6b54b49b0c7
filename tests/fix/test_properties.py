"""What holds for every document, however it is misspelt, cut and jumbled."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.conftest import PATTERN, POSTMORTEM
from tests.fix.one_fix import PACKAGED, PATH

from postmortems.fix.document import Document
from postmortems.fix.fixed_file import FixedFile
from postmortems.fix.format import formatted
from postmortems.pipeline import run_pipeline
from postmortems.results import Run
from postmortems.settings import Settings

pytestmark = pytest.mark.large

ROOT = Path(__file__).parents[2]
ROWS = [line for line in POSTMORTEM.split("\n") if re.match(r"\| (?:2026-|1)", line)]
HEADINGS = re.findall(r"^#{2,3} .*$", POSTMORTEM, re.MULTILINE)
EMPTY = ("empty-section", "empty-timeline", "no-action-items")

REPLACED = (
    ("severity:", "severty:"), ("severity: SEV2", "severity: sev-2"), ("severity: SEV2", "severity: SEV7"),
    ("status: published", "status: publshed"), ("status: published", "status: 'Draft'  # not yet"),
    ("started_at: ", "startd_at: "), ("T14:20:00Z", " 14:20Z"), ("T14:45:00Z", " 14:45 UTC"), ("T14:23:00Z", "T13:23Z"),
    ("detected_by: alert", "detected_by:    Alert"), ("[database-issues]", "[{pattern: db, rloe: triger}]"),
    ("[database-issues]", "[database-isues]"), ("[database-issues]", '["Database Issues", other]'),
    ("published_on: 2026-03-09", "published_on: 2026-3-9"), ("published_on: 2026-03-09\n", ""),
    ("root_cause:", "repeat_off: 2026/01-checkout\nroot_cause:"), ("- [x]", "- [X]"), ("- [ ]", "- []"),
    ("| 14:23 |", "| ~14:23 |"), ("| 14:45 |", "| 2026-03-02 14:45 |"), ("(UTC)", ""), ("- 340 orders", "```\n- 340 orders"),
    ("## Lessons Learned\n", "## Lessons Learned\n\n<!-- open\n"), ("Text", "Text  "), ("- The alert", "<div>\n- The alert"),
)  # fmt: skip


def swapped(text: str, rows: tuple[int, int]) -> str:
    first, second = (ROWS[row] for row in rows)
    return text.replace(first, "\0").replace(second, first).replace("\0", second)


def cut(text: str, heading: str) -> str:
    """The text without a heading and what stands right below it."""
    return re.sub(rf"^{re.escape(heading)}\n(?:(?!#).*\n?)*", "", text, count=1, flags=re.MULTILINE)


CHANGES: st.SearchStrategy[Callable[[str], str]] = st.one_of(
    st.sampled_from(REPLACED).map(lambda pair: lambda text: text.replace(*pair)),
    st.tuples(*[st.integers(0, len(ROWS) - 1)] * 2).map(lambda rows: lambda text: swapped(text, rows)),
    st.sampled_from(HEADINGS).map(lambda heading: lambda text: cut(text, heading)),
    st.sampled_from(HEADINGS).map(lambda heading: lambda text: text.replace(heading, f"#{heading}")),
    st.just(lambda text: text.rstrip("\n")),
)
ENDINGS: st.SearchStrategy[Callable[[str], str]] = st.sampled_from(
    (
        lambda text: text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r\n", 12),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
    )
)
DOCUMENTS = st.builds(
    lambda changes, ending: ending(jumbled(changes)).encode(), st.lists(CHANGES, min_size=1, max_size=7), ENDINGS
)


def jumbled(changes: list[Callable[[str], str]]) -> str:
    text = POSTMORTEM
    for change in changes:
        text = change(text)
    return text


def look(folder: str, data: bytes) -> Run:
    for path, content in ((PATH, data), ("patterns/database-issues.md", PATTERN.encode())):
        (Path(folder) / path).parent.mkdir(parents=True, exist_ok=True)
        (Path(folder) / path).write_bytes(content)
    return run_pipeline(Path(folder), Settings(), date(2026, 11, 20))


def words(data: bytes) -> Counter[str]:
    """The words below the front matter, a box's mark in small letters."""
    text = data.decode().replace("[X]", "[x]").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return Counter(re.findall(r"\w+", text.split("\n---\n", 1)[-1]))


def findings(run: Run) -> Counter[tuple[str, str]]:
    return Counter((one.rule, re.sub(r"\d+", "0", one.message)) for one in run.diagnostics)


def lines_of(data: bytes) -> list[str]:
    return re.split(r"(?<=\n)|(?<=\r)(?!\n)", data.decode())


def end_of(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]


def assert_line_ends_stay(file: FixedFile) -> None:
    before, after = lines_of(file.before), lines_of(file.after)
    assert {end_of(line) for line in after} <= {end_of(line) for line in before} | {""}
    assert end_of(after[-1]) == end_of(before[-1]) == ""
    assert bool(after[-1]) == bool(before[-1])


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(DOCUMENTS)
def test_fixing(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        before = look(folder, data)
        files = before.fixes(before.diagnostics)
        if not files:
            return
        (file,) = files
        after = look(folder, file.after)
        # Twice is once.
        assert after.fixes(after.diagnostics) == ()
    # Nothing new: an added section is empty, and that is all.
    missing = {match[1] for one in before.diagnostics if (match := re.match(r'section "(.*)" is missing', one.message))}
    for rule, message in findings(after) - findings(before):
        assert rule in EMPTY, message
        assert any(f'"{name}' in message for name in missing), message
    assert len(after.diagnostics) <= len(before.diagnostics) + 2
    # The words are all there, and what has been added is the template's.
    assert not words(data) - words(file.after)
    assert not words(file.after) - words(data) - words(PACKAGED.encode())
    assert_line_ends_stay(file)


@settings(deadline=None, max_examples=150)
@given(DOCUMENTS)
def test_formatting(data: bytes) -> None:
    file = formatted(Document(PATH, data, Settings()))
    if file is None:
        return
    assert formatted(Document(PATH, file.after, Settings())) is None
    assert words(file.after) == words(data)
    assert_line_ends_stay(file)
    with TemporaryDirectory() as folder:
        assert not findings(look(folder, file.after)) - findings(look(folder, data))


@settings(deadline=None, max_examples=15)
@given(DOCUMENTS)
def test_git_makes_of_the_diff_what_is_written(data: bytes) -> None:
    with TemporaryDirectory() as folder:
        before = look(folder, data)
        files = [*before.fixes(before.diagnostics)]
        if not files:
            return
        patch = "".join(files[0].diff(PATH)).encode()
        subprocess.run(["git", "apply", "--whitespace=nowarn", "-"], cwd=folder, input=patch, check=True)
        assert (Path(folder) / PATH).read_bytes() == files[0].after


@pytest.mark.parametrize("name", ["has blanks", 'has "quotes" and \\', "größer", "a\nb"])
def test_git_finds_the_file_whatever_it_is_called(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"a\nb")
    document = Document(PATH, b"\xef\xbb\xbfa\nb", Settings())
    file = formatted(document)
    assert file
    (tmp_path / name).write_bytes(file.before)
    patch = "".join(file.diff(name)).encode()
    subprocess.run(["git", "apply", "-"], cwd=tmp_path, input=patch, check=True)
    assert (tmp_path / name).read_bytes() == file.after == b"a\nb"


@pytest.mark.parametrize(
    "path", sorted(ROOT.glob("docs/postmortems/*/*/postmortem.md")), ids=lambda path: path.parent.name
)
def test_the_postmortems_of_this_repository_are_in_form(path: Path) -> None:
    assert formatted(Document(str(path.relative_to(ROOT / "docs")), path.read_bytes(), Settings())) is None


@settings(deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_any_bytes(data: bytes) -> None:
    file = formatted(Document(PATH, b"---\n" + data, Settings()))
    assert file is None or formatted(Document(PATH, file.after, Settings())) is None

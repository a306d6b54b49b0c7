"""What is fuzzed: a reader each, with what must hold whatever it reads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from tempfile import TemporaryDirectory

from postmortems.adopt.record import Record
from postmortems.adopt.sources.given import Given
from postmortems.adopt.sources.registry import SOURCES
from postmortems.adopt.written_file import written_file
from postmortems.analyse.analysis import Analysis
from postmortems.analyse.response.card import response_card
from postmortems.fix.document import Document
from postmortems.fix.format import formatted
from postmortems.model.corpus import Corpus
from postmortems.model.place import Place
from postmortems.model.source import Source
from postmortems.pipeline import run_pipeline
from postmortems.read.body import read_body
from postmortems.read.catalogue import read_catalogue
from postmortems.read.config_file import ProjectError
from postmortems.read.front_matter import split_front_matter, typed_front_matter
from postmortems.read.pattern import read_pattern
from postmortems.read.postmortem import read_postmortem
from postmortems.read.register import read_register
from postmortems.read.settings_file import read_project
from postmortems.read.survey import read_survey
from postmortems.read.templates import packaged_template
from postmortems.read.text import read_text
from postmortems.read.timeline.json_file import read_timeline_json
from postmortems.render.authored.clean_html import clean, is_too_deep
from postmortems.render.words.plain import plain_words
from postmortems.results import Run
from postmortems.settings import Settings
from postmortems.text.allowed_html import ELEMENTS
from postmortems.text.html_tags import loss_of, tags_in
from postmortems.text.inline import comments, without_code, without_comments, without_escapes
from postmortems.text.markdown import code, escaped
from postmortems.text.terminal import escape_controls
from tests.conftest import FRONT_MATTER, PATTERN

PATH = "postmortems/2026/01-x/postmortem.md"
TODAY = date(2026, 11, 20)
EMPTY = ("empty-section", "empty-timeline", "no-action-items")
SEEDS = Path(__file__).parent / "seeds"
NEXT = "\n=====\n"
"""What parts one seed from the next in a file."""

EVERYWHERE = (
    *("\n", "\n\n", " ", "    ", "\t", "\r", "\r\n", "\ufeff", "\0", "\x0b", "\x0c", "\x85", "\u2028", "\u202e", "é", "🙂"),
    *("-", "- ", "* ", "1. ", "> ", "#", "## ", "| ", "---\n", "```\n", "~~~\n", "`", "**", "_", "~~", "\\", "{: .x }"),
    *("[", "]", "](x)", "![", "<", ">", "<!--", "-->", "<a ", "</div>", "<div markdown>", "&#", "&amp;", '="', "'", '"'),
    *(":", ": ", ";", ",", "{", "}", "*a", "&a ", "!!int ", "%", "@", "|-\n", "0", "12", "-1", "9" * 30, "1e9", "null"),
    *("2026-03-02", "14:23", "T14:23:00Z", "+01:00", "PST", "25:61", "~", "unknown", "None: ", "http://a.b/", "javascript:"),
)  # fmt: skip
"""What all readers may stumble over."""


@dataclass(frozen=True)
class Target:
    """A reader: `read` takes the bytes of a file, and raises AssertionError where something does not hold.

    `pieces` are the signs that it looks for. `largest` bounds the bytes that it is given.
    """

    name: str
    read: Callable[[bytes], None]
    pieces: tuple[str, ...] = ()
    largest: int = 32_000

    @property
    def seeds(self) -> tuple[str, ...]:
        """Texts to begin with."""
        return tuple((SEEDS / f"{self.name}.txt").read_text("utf-8").removesuffix("\n").split(NEXT))


def lines_in(data: bytes) -> int:
    """The number of lines as an editor counts them, be the last one empty."""
    return len(re.findall(rb"\r\n|\r|\n", data)) + 1


def assert_within(data: bytes, places: Iterable[Place], above: int = 0) -> None:
    """Every place lies in the file, behind the `above` lines that were put in front of what is fuzzed."""
    last = lines_in(data) + above
    for place in places:
        assert 1 <= place.line <= max(place.end_line, place.line) <= last, f"{place} in {last} lines"
        assert place.column >= 1, place


def assert_said(problems: Iterable[object]) -> None:
    """Every message says something."""
    for problem in problems:
        assert getattr(problem, "message").strip(), problem  # noqa: B009


def _source(data: bytes) -> Source:
    source, problem = read_text(PATH, data)
    if problem:
        assert_within(data, [problem.place])
    return source


def read_front_matter(data: bytes) -> None:
    """A whole file's front matter."""
    source = _source(data)
    read = split_front_matter(source)
    _, wrong = typed_front_matter(read)
    problems = [*read.problems, *wrong]
    assert_within(data, [problem.place for problem in problems])
    assert_said(problems)
    assert source.text.endswith(read.body.text)
    postmortem = read_postmortem(PATH, data, Settings())
    assert_within(data, [one.place for one in (*postmortem.problems, *postmortem.waivers)])


def read_sections(data: bytes) -> None:
    """Headings, sections and blocks, each within the one above it."""
    source = _source(data)
    body = read_body(source, {})
    lines = len(source.lines)
    last = 0
    for block in body.lead:
        assert last <= block.first <= block.last <= lines
        last = block.first
    for section in body.walk():
        assert last <= section.line <= section.last <= lines
        last = section.line
        for block in section.blocks:
            assert last <= block.first <= block.last <= section.last
            last = block.first


def _in_section(title: str, data: bytes) -> None:
    front = f"{FRONT_MATTER}\n## {title}\n\n".encode()
    postmortem = read_postmortem(PATH, front + data, Settings())
    assert_within(front + data, [problem.place for problem in postmortem.problems])
    assert_said(postmortem.problems)
    assert_within(front + data, [event.place for event in postmortem.timeline.events])
    assert_within(front + data, [action.place for action in postmortem.actions.items])
    assert_within(front + data, [link.place for link in postmortem.links])


def read_timeline(data: bytes) -> None:
    """A timeline in any shape."""
    _in_section("Timeline", data)


def read_tables(data: bytes) -> None:
    """The same, with tables to begin with."""
    _in_section("Timeline", data)
    _in_section("Impact Assessment", data)


def read_action_items(data: bytes) -> None:
    """Action items in any shape."""
    _in_section("Action Items", data)


def read_inline(data: bytes) -> None:
    """What looks into one block's text: code, comments, tags, words; and what escapes it."""
    text = _source(data).text
    for blanked in (without_code(text), without_comments(text)):
        assert [len(line) for line in blanked.split("\n")] == [len(line) for line in text.split("\n")]
    assert all(text[start:end].startswith("<!--") for start, end in comments(text))
    without_escapes(text)
    for tag in tags_in(text):
        loss_of(tag)
    assert "\n" not in plain_words(text)
    assert "\n" not in escaped(text)
    assert "\x1b" not in code(text) + escape_controls(text)


def read_events(data: bytes) -> None:
    """A `timeline.json`."""
    events, problems = read_timeline_json(data, PATH, ())
    assert_within(data, [one.place for one in (*events, *problems)])
    assert_said(problems)


def read_incidents(data: bytes) -> None:
    """The incident register."""
    register, problems = read_register("postmortems/register.yml", data)
    assert_within(data, [one.place for one in (*register.entries, *problems)])
    assert_said(problems)


def read_answers(data: bytes) -> None:
    """The answers of teams in a quarter."""
    surveys, problems = read_survey("reviews/2026-q3.yml", data)
    assert_within(data, [one.place for one in (*surveys, *problems)])
    assert_said(problems)


def answer_questions(data: bytes) -> None:
    """The questions about the response, from a timeline."""
    head = f"{FRONT_MATTER}\n## Timeline\n\n"
    postmortem = read_postmortem(PATH, head.encode() + data, Settings())
    last = lines_in(data) + lines_in(head.encode())
    for answer in response_card(postmortem, Analysis(Corpus((postmortem,), ()), Settings(), TODAY)):
        assert bool(answer.evidence) <= bool(answer.basis), answer
        assert answer.says is None or answer.basis, answer
        assert all(1 <= one.place.line <= last for one in answer.evidence), answer


def read_services(data: bytes) -> None:
    """The catalogue of services."""
    _, problems = read_catalogue("services.yml", data)
    for problem in problems:
        assert (found := re.search(r"services\.yml(?::(\d+))?", problem.message)), problem
        assert int(found[1] or 1) <= lines_in(data), problem


def read_a_pattern(data: bytes) -> None:
    """A pattern's page."""
    pattern = read_pattern("patterns/x.md", data, Settings())
    assert_within(data, [problem.place for problem in pattern.problems])
    assert_said(pattern.problems)


@cache
def _folder() -> TemporaryDirectory[str]:
    return TemporaryDirectory(prefix="postmortems-fuzz-")


def read_settings(data: bytes) -> None:
    """A whole mkdocs.yml: it is read, or what is wrong is said in lines of their own."""
    config = Path(_folder().name, "mkdocs.yml")
    (config.parent / "docs").mkdir(exist_ok=True)
    config.write_bytes(data)
    try:
        read_project(config)
    except ProjectError as error:
        for line in error.lines or [""]:
            assert line.startswith(str(config.parent)), line
            if found := re.match(r"[^:]*mkdocs\.yml:(\d+)", line):
                assert int(found[1]) <= lines_in(data), line


class _Elements(HTMLParser):
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ELEMENTS or tag == "pre", tag
        for name, value in attrs:
            assert not name.startswith("on"), name
            if name in ("href", "src"):
                assert not re.match(r"[\s\x00-\x20]*(?:javascript|vbscript|data:text)", value or "", re.I), value


def clean_html(data: bytes) -> None:
    """Rendered HTML: only what is allowed is left, and cleaning it again changes no more than a class of our own."""
    # The parser takes a byte order mark away wherever the text then begins.
    html = _source(data).text.replace("\ufeff", "")
    cleaned = clean(html)
    # Python's parser ends comments where no browser does.
    _Elements().feed(re.sub(r"(?s)<!--.*?-->", "", cleaned))
    if is_too_deep(html) or is_too_deep(cleaned):
        return  # It is shown as text, and how deep it is depends on the tags that were closed for it.
    again = clean(cleaned)
    assert clean(again) == again
    assert _seen(again) == _seen(cleaned)


def _seen(html: str) -> str:
    """The words and elements of HTML without attributes."""
    return re.sub(r"(<[a-z0-9]+)[^>]*", r"\1", html).replace("&quot;", '"')


def _run(data: bytes) -> Run:
    docs = Path(_folder().name, "knowledge")
    for path, content in ((PATH, data), ("patterns/database-issues.md", PATTERN.encode())):
        (docs / path).parent.mkdir(parents=True, exist_ok=True)
        (docs / path).write_bytes(content)
    return run_pipeline(docs, Settings(), TODAY)


def check_language(data: bytes) -> None:
    """What all rules say of a retrospective text, blameless language above all."""
    whole = FRONT_MATTER.encode() + b"\n## Root Cause Analysis\n\n" + data
    found = [one for one in _run(whole).diagnostics if one.place.path == PATH]
    assert_within(whole, [one.place for one in found])
    assert_said(found)


def _words(data: bytes) -> Counter[str]:
    """The words below the front matter; in small letters, since a box's mark becomes one."""
    text = data.decode().lower()
    return Counter(re.findall(r"\w+", re.split(r"[\r\n](?:---|\.\.\.)[ \t]*(?:[\r\n]|\Z)", text, maxsplit=1)[-1]))


@cache
def _template() -> Counter[str]:
    return Counter(re.findall(r"\w+", packaged_template().lower()))


def fix(data: bytes) -> None:
    """`check --fix`: no word is lost, none is added but the template's, and a second time changes nothing."""
    run = _run(data)
    for file in run.fixes(run.diagnostics):
        if file.path != PATH:
            continue
        assert file.before == data
        after = _run(file.after)
        assert [one for one in after.fixes(after.diagnostics) if one.path == PATH] == []
        assert not _words(data) - _words(file.after)
        assert not _words(file.after) - _words(data) - _template()


def form(data: bytes) -> None:
    """`fmt`: the same words, and a second time changes nothing."""
    if file := formatted(Document(PATH, data, Settings())):
        assert formatted(Document(PATH, file.after, Settings())) is None
        assert _words(file.after) == _words(data)


def read_export(data: bytes) -> None:
    """A file of an export, by all sources: what one takes for an incident is written, and reads back as it was."""
    given = Given({"export.json": data}, Settings())
    for source in SOURCES:
        recognised = source.recognises(given)
        for found in source.read(given) if recognised else ():
            if isinstance(found, Record) and found.body is not None:
                postmortem = read_postmortem(PATH, written_file(found, b"", found.origin), Settings())
                assert postmortem.has_front_matter
                assert len(postmortem.timeline.events) == found.events.count or not found.events.count
                assert not postmortem.waivers


WAIVERS = ("# postmortems: allow invalid-value: x\n", "<!-- postmortems: allow empty-section: x -->\n")
WHOLE = (
    *WAIVERS,
    "severty: ",
    "sev-2",
    "publshed",
    " 14:20Z",
    "- [X] ",
    "- []",
    "| 14:23 | x |\n",
    "### Immediate\n",
    "[db]",
)
LOOKED_FOR = (
    *("| Time | Event |\n", "|---|---|\n", "| 14:23 | x | y |\n", "||", "\\|", "**14:30** - ", "14:30-15:00 ", "2:30 PM "),
    *("### 14:30 UTC\n", "Day 2", "(next day)", "+1 day", "All times are in PDT.", "Monday, March 2", "04/03/2026", "noon"),
)  # fmt: skip

TARGETS = (
    Target("front-matter", read_front_matter, ("title: ", "patterns: [", "started_at: ", "...\n", "+++\n", "{", *WAIVERS)),
    Target("sections", read_sections, ("Timeline\n", "===\n", "## Action Items\n", "**Root cause:** ", "None: ", *WAIVERS)),
    Target("timeline", read_timeline, LOOKED_FOR),
    Target("tables", read_tables, LOOKED_FOR),
    Target("action-items", read_action_items, ("- [ ] ", "[x] ", "(due: ", "(kind: fix, ", "wont-do: ", "| Owner | Action |\n|---|---|\n")),
    Target("inline", read_inline, ("`" * 3, "<img src=", "onerror=", "<!-->", "--!>", "www.", "#12", "GH-1", "\x1b[2J")),
    Target("timeline-json", read_events, ('{"at": "', '"event": ', "[", "{", "\\ud800", "true", "}, ")),
    Target("register", read_incidents, ("- id: ", "severity: ", "resolved_at: ", "waived: ")),
    Target("survey", read_answers, ("- team: ", "day: ", "safe_to_speak_up: [", "improvements_happen: ", "0, ")),
    Target("response", answer_questions, ("- 14:30 UTC - ", "status page ", "runbook ", "per ", "following ", "the ", "there was no ", "updated ", "post ", "for "), 16_000),
    Target("catalogue", read_services, ("- name: ", "aliases: [", "owner: ", "services:\n")),
    Target("pattern", read_a_pattern, ("family: ", "aliases: [", "## What helps\n")),
    Target("settings", read_settings, ("plugins:\n", "- postmortems:\n", "    levels: {", "!ENV ", "INHERIT: ", "severities: ", "<<: ")),
    Target("clean-html", clean_html, ("<img src=", " style=", "<svg>", "<math>", "<table>", "<noscript>", "javascript:", "srcset=", "<style>")),
    Target("language", check_language, ("the engineer ", "should have ", "failed to ", "forgot ", "nobody ", "who ", "“", "human error "), 16_000),
    Target("exports", read_export, ('{"', '": ', "[{", "}, ", "null", '"created_at": ', '"2026-03-02T14:21:07Z"', '"type": "', "\\n\\n"), 16_000),
    Target("fix", fix, WHOLE, 12_000),
    Target("fmt", form, WHOLE, 16_000),
)  # fmt: skip

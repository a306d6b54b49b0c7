"""The template in each language: the same document as in English, in the words that the language's file has first."""

from __future__ import annotations

import re
from importlib.resources import files
from typing import Any

import pytest
import yaml

from postmortems.model.action_item import ActionKind
from postmortems.model.front_matter import IncidentKind
from postmortems.model.language import Language
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import NEAR_MISS_SECTIONS, OPTIONAL_SECTIONS, SAVED_BY, TEMPLATE_SECTIONS
from postmortems.model.template import placeholders
from postmortems.read.headings import canonical_name, normalised
from postmortems.read.languages import plain_word, reading_in
from postmortems.read.postmortem import read_postmortem
from postmortems.read.templates import packaged_template
from postmortems.settings import Settings

OTHERS = [language for language in Language if language is not Language.ENGLISH]
PATH = "postmortems/2026/01-x/postmortem.md"


def topics(language: str) -> dict[str, Any]:
    found = yaml.safe_load(files("postmortems.read.languages").joinpath(f"{language}.yml").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


def read(language: str, kind: IncidentKind = IncidentKind.INCIDENT) -> Postmortem:
    return read_postmortem(PATH, packaged_template(language, kind).encode(), Settings(languages=(Language(language),)))


def shape(language: str, kind: IncidentKind = IncidentKind.INCIDENT) -> list[str]:
    """Each line by what it is: its key or sign, what no language changes, its placeholders and cells."""
    lines = []
    for line in packaged_template(language, kind).splitlines():
        key = re.match(r"(?:# )?([a-z_]+:)(?= |$)", line)
        sign = re.match(r"#+ |- \[ \] |- |\||---|<!--|", line)
        values = re.findall(r"\d{4}-\d\d-\d\d[\dT:Z ]*|\(kind: \w+\)|monitoring-failures|`[^`]+`|\*\*", line)
        begin = key[1] if key else sign[0] if sign else ""
        lines.append(f"{begin} {values} {len(list(placeholders(line)))} {line.count('|')}")
    return lines


@pytest.mark.parametrize("kind", [IncidentKind.INCIDENT, IncidentKind.NEAR_MISS])
@pytest.mark.parametrize("language", OTHERS)
def test_it_has_the_lines_of_the_english_one(language: Language, kind: IncidentKind) -> None:
    assert shape(language, kind) == shape("en", kind)


@pytest.mark.parametrize("language", Language)
def test_that_of_near_misses_has_its_three_sections(language: Language) -> None:
    short = read(language, IncidentKind.NEAR_MISS)
    assert short.is_near_miss
    assert [section.name for section in short.body.walk()] == list(NEAR_MISS_SECTIONS)
    assert [(item.kind, item.owner) for item in short.actions.items] == [
        (ActionKind.PREVENT, item.owner) for item in read(language).actions.items[:1]
    ] + [(ActionKind.DETECT, item.owner) for item in read(language).actions.items[1:2]]
    assert {problem.rule for problem in short.problems} == {"leftover-template-text"}


@pytest.mark.parametrize("kind", [IncidentKind.INCIDENT, IncidentKind.NEAR_MISS])
@pytest.mark.parametrize("language", Language)
def test_it_names_the_optional_sections(language: Language, kind: IncidentKind) -> None:
    [named] = re.findall(r"^<!-- .*?(##.*) -->$", packaged_template(language, kind), re.MULTILINE)
    with reading_in([language]):
        assert [canonical_name(heading, {}) for heading in re.split(r",? ?## ", named)[1:]] == list(OPTIONAL_SECTIONS)


@pytest.mark.parametrize("language", OTHERS)
def test_its_words_are_the_first_of_the_language_file(language: Language) -> None:
    known = topics(language)
    sections = list(read(language).body.walk())
    assert {section.name: normalised(section.title) for section in sections} == {
        name: known["headings"][name][0] for name in TEMPLATE_SECTIONS
    }
    short = {section.name: normalised(section.title) for section in read(language, IncidentKind.NEAR_MISS).body.walk()}
    assert short[SAVED_BY] == known["headings"][SAVED_BY][0]
    [header] = re.findall(r"^\| (.+) \(UTC\) \| (.+) \| (.+) \|$", packaged_template(language), re.MULTILINE)
    columns = known["timeline_columns"]
    first = [known["timeline_time_words"][0], columns["event"][0], columns["action"][0]]
    assert [plain_word(cell) for cell in header] == first


@pytest.mark.parametrize("language", OTHERS)
def test_it_is_read_like_the_english_one(language: Language) -> None:
    ours, english = read(language), read("en")
    assert [section.name for section in ours.body.walk()] == [section.name for section in english.body.walk()]
    assert len(ours.timeline.events) == len(english.timeline.events)
    assert [(item.kind, item.horizon, item.first) for item in ours.actions.items] == [
        (item.kind, item.horizon, item.first) for item in english.actions.items
    ]
    assert [(problem.rule, problem.place.line) for problem in ours.problems] == [
        (problem.rule, problem.place.line) for problem in english.problems
    ]


def says_none(text: str, language: Language) -> bool:
    data = f"## Timeline\n\n{text}\n".encode()
    return read_postmortem(PATH, data, Settings(languages=(language,))).body.sections[0].says_none


@pytest.mark.parametrize("language", Language)
def test_the_word_for_none_in_its_guidance_is_read(language: Language) -> None:
    gaps = next(section for section in read(language).body.walk() if section.name == "Detection Gaps")
    [word] = re.findall(r"[\"«„”“「]\s?(\w+\s?[:：])\s?[\"»“”」]", gaps.blocks[0].text)
    assert says_none(f"{word} nobody looked", language)
    assert not says_none(word, language)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("None: nobody looked", True),
        ("- **None** - nobody looked", True),
        ("Ingen: det ble ikke målt", True),
        ("_ikke aktuelt_ – øvelse", True),
        ("Ingen tiltak: se over", False),
        ("Keine: andere Sprache", False),
        ("ingenting", False),
    ],
)
def test_none_is_read_in_the_languages_of_the_settings(text: str, says: bool) -> None:
    assert says_none(text, Language.NORWEGIAN) is says

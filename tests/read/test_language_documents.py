"""A made-up document in each language, beside what is to be read in it: `languages/<code>.md` and `<code>.yml`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from postmortems.adopt.document import Document
from postmortems.adopt.written_days import days_in
from postmortems.model.language import Language
from postmortems.model.source import Source
from postmortems.model.timeline import Event
from postmortems.read.languages import reading_in
from postmortems.read.postmortem import read_postmortem
from postmortems.read.timeline import read_timeline
from postmortems.read.timeline.incident_times import IncidentTimes
from postmortems.settings import DateOrder, Settings

FOLDER = Path(__file__).parent / "languages"
OTHERS = [language for language in Language if language is not Language.ENGLISH]
FRONT = "---\ntitle: T\ndate: 2026-03-04\n---\n"


def settings_of(language: Language) -> Settings:
    return Settings(languages=(language,), date_order=DateOrder.DAY_FIRST)


def text_of(language: Language) -> str:
    return (FOLDER / f"{language}.md").read_text("utf-8")


def expected(language: Language) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / f"{language}.yml").read_text("utf-8"))
    return found


def written(event: Event) -> str:
    assert event.at is not None, event.written
    until = f"/{event.until:%H:%M}" if event.until else ""
    return f"{event.at:%Y-%m-%d %H:%M}{until}{' ~' if event.approximate else ''}"


@pytest.mark.parametrize("language", OTHERS)
def test_a_document_is_read_in_its_language(language: Language) -> None:
    read = read_postmortem(
        "postmortems/2026/01-x/postmortem.md", (FRONT + text_of(language)).encode(), settings_of(language)
    )
    wanted = expected(language)
    assert [section.name for section in read.body.walk() if section.level > 1] == wanted["sections"]
    assert [written(event) for event in read.timeline.events] == wanted["events"]
    assert [event.text for event in read.timeline.events] == wanted["texts"]
    assert [f"{item.owner} {item.due or '-'} {item.state}" for item in read.actions.items] == wanted["actions"]
    assert [problem.message for problem in read.problems if "front matter" not in problem.message] == []


@pytest.mark.parametrize("language", OTHERS)
def test_an_import_reads_what_a_document_says_of_itself(language: Language) -> None:
    settings = settings_of(language)
    with reading_in(settings.languages):
        document = Document(f"{language}.md", Source(f"{language}.md", text_of(language)), settings)
        said = {statement.role: statement.value for statement in document.statements}
        day = [found.day for found in days_in(said["day"], settings)]
    wanted = expected(language)["metadata"]
    assert {role: said.get(role) for role in wanted} == wanted
    assert day == [date(2026, 3, 4)]


@pytest.mark.parametrize("language", OTHERS)
def test_english_alone_reads_none_of_it(language: Language) -> None:
    read = read_postmortem("postmortems/2026/01-x/postmortem.md", (FRONT + text_of(language)).encode(), Settings())
    assert read.timeline.events == ()
    assert len({section.name for section in read.body.walk()} - {None}) <= 1


def events_in(language: str, text: str) -> list[str]:
    settings = Settings(languages=(Language(language),))
    with reading_in(settings.languages):
        body = Document("x.md", Source("x.md", text), settings).body
        timeline, _ = read_timeline(body, IncidentTimes(day=date(2026, 3, 4)), settings)
    return [f"{event.written} | {event.text}" for event in timeline.events]


@pytest.mark.parametrize(
    ("language", "text", "events"),
    [
        ("ja", "## 時系列\n\n- 午後2時半頃、検知\n- **15:03** 復旧", ["午後2時半頃 | 検知", "15:03 | 復旧"]),
        ("ja", "## 経緯\n\n14:23〜14:50 調査", ["14:23〜14:50 | 調査"]),
        ("ja", "## 経緯\n\n- 3時間後に復旧した", []),
        ("zh", "## 时间线\n\n- 凌晨2点：告警\n- 3点改进建议", ["凌晨2点 | 告警", " | 3点改进建议"]),
        ("de", "## Verlauf\n\nUm 14:23 Uhr fiel der Dienst aus.", []),
        ("nb", "## Tidslinje\n\nKl. 14:23 gikk alarmen.", []),
        ("fr", "## Chronologie\n\n- 14h : début\n- 15h30 — fin", ["14h | début", "15h30 | fin"]),
    ],
)
def test_what_is_a_time_and_what_is_a_sentence(language: str, text: str, events: list[str]) -> None:
    assert events_in(language, text) == events

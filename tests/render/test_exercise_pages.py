"""The pages of exercises: nothing above the notes tells what players cannot know, and nothing is lost."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.builders import BEGIN, html, incident, pattern, site

from postmortems.model.place import Place
from postmortems.model.postmortem import Postmortem
from postmortems.model.timeline import Event, Timeline

HOSTILE = '</details><script>alert(1)</script> & "x" <b>'
NOW = "## Right now\n\n1. **Check** who *waits*. `ss -t`\n2. **Don't** restart\n"


def entry(minutes: float | None, text: str, action: str = "") -> Event:
    at = None if minutes is None else BEGIN + timedelta(minutes=minutes)
    return Event(Place.at("x.md"), text, at, action=action)


def played(name: str = "a", *entries: Event, steps: int = 5, **matter: object) -> Postmortem:
    """An incident that was detected after 3 minutes, with these entries and further steps from 10 minutes on."""
    made = incident(name, title="Deletion script emptied the table", services=["db-admin"], **matter)  # type: ignore[arg-type]
    more = tuple(entry(10 + number, f"step {number}") for number in range(steps))
    return replace(made, timeline=Timeline((*entries, *more)))


def page(postmortem: Postmortem, **options: object) -> str:
    return html(site(postmortem, **options), f"exercises/{postmortem.id}.md", "../../../")  # type: ignore[arg-type]


def sheet(postmortem: Postmortem, **options: object) -> tuple[str, str]:
    """What players see of the page, and the notes."""
    play, _, notes = page(postmortem, **options).partition("pm-notes")
    assert notes
    return play, notes


def test_players_are_not_told_the_title_the_cause_the_services_or_the_severity() -> None:
    play, notes = sheet(
        played(
            "a",
            entry(0, "A script deletes the table"),
            entry(3, "An alert fires", "Everyone is called"),
            owner="Shop",
            root_cause="unsafe script",
            trigger="clean-up run",
            detected_by="alert",
        )
    )
    for word in ("Deletion", "script", "db-admin", "SEV1", "clean-up"):
        assert word not in play
    assert "Shop, 6 Feb 2024, 14:26" in play
    assert "Tuesday 6 February 2024, 14:26 UTC. An alert comes in." in play
    assert "A script deletes the table" in notes
    assert "Deletion script emptied the table" in notes
    assert '<b>Trigger:</b> <span dir="auto">clean-up run</span>' in notes


@pytest.mark.parametrize(("languages", "is_said"), [(["en"], False), (["en", "de"], True), (["nb"], True)])
def test_the_notes_say_that_the_phrases_are_english(languages: list[str], is_said: bool) -> None:
    _, notes = sheet(played("a", entry(3, "Kunden melden Fehler")), languages=languages)
    assert ("known in English only" in notes) is is_said


def test_each_step_is_below_the_one_before_and_what_was_done_is_folded() -> None:
    play, _ = sheet(played("a", entry(3, "An alert fires"), entry(5, "Errors `5xx` rise", "All is rolled back")))
    assert play.index("An alert fires") < play.index("<summary>Step 2</summary>") < play.index("Errors 5xx rise")
    assert re.search(r"<details class=\"pm-data\"> ?<summary>What the team did</summary> ?<p dir=\"auto\">All is", play)
    assert "14:28, 2 min in" in play
    assert play.count("What do you look at? What do you do?") == 7


def test_the_notes_hold_what_players_do_not_see() -> None:
    done = entry(6, "Counts are cleared, because of a guess", "Without effect")
    known = played(
        "a",
        entry(3, "An alert fires"),
        entry(5, "A mail goes unnoticed"),
        done,
        entry(90, "The report appears"),
        patterns=[{"pattern": "database-issues", "role": "trigger"}],
        body="## Contributing Factors\n\n- No *limit*\n\n## Lessons Learned\n\n- Ask twice\n",
    )
    play, notes = sheet(known, patterns=(pattern(prose=NOW),))
    for words in ("unnoticed", "guess", "The report appears", "No limit", "Ask twice"):
        assert words not in play
        assert words in notes
    for title in ("Learnt later", "Whole entries", "Wrong turns", "Afterwards", "Contributing factors"):
        assert f"<h3>{title}</h3>" in notes
    assert "<b>Check</b> who waits. ss -t" in notes
    assert "<b>Don&#39;t</b> restart" in notes
    assert "Does this lesson hold for your systems? “Ask twice”" in notes


def test_text_of_authors_is_escaped() -> None:
    hostile = played("a", entry(3, HOSTILE, HOSTILE), entry(0, HOSTILE), owner=HOSTILE, trigger=HOSTILE)
    found = page(hostile)
    assert "<script>" not in found
    assert "<b>x" not in found
    assert found.count("<details") == found.count("</details>")


@pytest.mark.parametrize("text", ["障害を検知した", "اكتشف العطل", "x" * 300, "An alert " + "y " * 4_000])
def test_any_script_and_length_is_shown_in_its_own_direction(text: str) -> None:
    play, _ = sheet(played("a", entry(3, text)))
    assert f'<p class="pm-play__what" dir="auto">{text.strip()}</p>' in play


def test_a_timeline_of_400_entries_is_one_long_exercise() -> None:
    play, _ = sheet(played("a", entry(3, "An alert fires"), steps=400, resolved=900))
    assert play.count("<summary>Step ") == 400


def test_the_index_lists_by_length_and_says_what_makes_none() -> None:
    known = site(
        played("a", entry(3, "An alert fires"), patterns=["database-issues"], owner="Shop"),
        played("b", entry(3, "An alert fires"), steps=20),
        incident("c"),
        played("d", kind="drill"),
        played("e", status="draft"),
        patterns=(pattern(),),
    )
    found = html(known, "exercises/index.md")
    assert "2 exercises from 5 postmortems." in found
    assert "1 with too few timeline entries" in found
    assert "1 drill" in found
    assert "1 draft" in found
    assert re.search(r'Short <span class="pm-h2-note">up to 7 steps</span>.*Shop, 6 Feb 2024, 14:26', found, re.DOTALL)
    assert "Deletion" not in found
    assert 'href="../patterns/database-issues/#practise"' in found
    assert "exercises/2024/d.md" not in known.pages


def test_a_site_without_exercises_says_what_makes_one() -> None:
    assert "No exercises yet." in html(site(), "exercises/index.md")
    assert "No exercises yet." in html(site(incident("a")), "exercises/index.md")


def test_pages_lead_to_the_exercise() -> None:
    members = [played(name, entry(3, "An alert fires"), patterns=["database-issues"]) for name in "abcd"]
    known = site(*members, patterns=(pattern(),))
    for source in ("services/db-admin.md", "patterns/database-issues.md"):
        found = html(known, source)
        assert found.index("Read these first") < found.index("Practise this")
        assert 'href="../exercises/2024/' in found
        assert "most severe (SEV1), longest of the 4 with a known time to resolve; newest" in found
    assert "exercises/2024/a/" in html(known, members[0].path, "../../../")
    assert "exercises/2024/c/" not in html(site(incident("c")), incident("c").path)
    assert 'href="../exercises/"' in html(known, "patterns/index.md")
    assert 'href="exercises/"' in html(known, "index.md", "")

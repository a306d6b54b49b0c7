"""What one postmortem would add to what the corpus says."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.merging import Addition, OpenActions, additions
from postmortems.read.corpus import read_corpus
from postmortems.settings import Settings

TODAY = date(2026, 6, 1)


def postmortem(day: str, *actions: str, patterns: str = "db", services: str = "api", kind: str = "incident") -> str:
    return (
        f"---\ntitle: of {day}\nkind: {kind}\nservices: [{services}]\npatterns: [{patterns}]\n"
        f"started_at: {day}T10:00:00Z\nresolved_at: {day}T12:00:00Z\n---\n\n## Action Items\n\n"
        + "\n".join(actions)
        + "\n"
    )


@pytest.fixture
def added(tmp_path: Path) -> dict[str, Addition]:
    """What each of some postmortems adds, by the day of its incident."""
    texts = [
        postmortem("2025-01-10"),
        postmortem("2026-01-10", "- [ ] [a] late (due: 2026-04-21)", "- [x] [a] done"),
        postmortem(
            "2026-02-10", "- [ ] [a] later (due: 2026-05-31)", "- [ ] [a] not yet (due: 2026-12-31)", services="Api"
        ),
        postmortem("2026-02-20", kind="drill"),
        postmortem("2026-03-10", "- [ ] [a] its own (due: 2026-03-20)", patterns="db, net", services="api, web"),
    ]
    for number, text in enumerate(texts, 1):
        path = tmp_path / f"postmortems/2026/{number:02}-x/postmortem.md"
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
    (tmp_path / "patterns").mkdir()
    for name in ("db", "net"):
        (tmp_path / f"patterns/{name}.md").write_text("---\ntitle: x\nfamily: database\n---\n", "utf-8")
    settings = Settings()
    corpus = read_corpus(tmp_path, settings)
    found = additions(corpus.postmortems, Analysis(corpus, settings, TODAY))
    return {str(one.postmortem.day): one for one in found}


@pytest.mark.parametrize(
    ("day", "place"),
    [("2025-01-10", 1), ("2026-01-10", 1), ("2026-02-10", 2), ("2026-02-20", None), ("2026-03-10", 3)],
)
def test_its_place_counts_incidents_of_the_window_before_it_without_drills(
    added: dict[str, Addition], day: str, place: int | None
) -> None:
    assert added[day].patterns[0].place == place


def test_open_actions_are_those_of_all_other_incidents(added: dict[str, Addition]) -> None:
    db, net = added["2026-03-10"].patterns
    assert (db.name, db.actions) == ("db", OpenActions(number=3, overdue=2, overdue_days=41))
    assert (net.name, net.place, net.actions) == ("net", 1, OpenActions())


def test_two_spellings_are_one_service(added: dict[str, Addition]) -> None:
    api, web = added["2026-03-10"].services
    assert (api.place, web.place) == (3, 1)

"""A check that takes from the store what has not changed finds what a check without one finds, whatever was changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from benchmarks.generate import generate

from postmortems import pipeline
from postmortems.pipeline import check_result, run_pipeline
from postmortems.read import postmortems, snapshot
from postmortems.read.settings_file import read_project
from postmortems.read.store import Store, open_store
from postmortems.results import CheckResult
from postmortems.settings import Settings

ROOT = Path(__file__).parents[1]
TODAY = date(2026, 11, 29)
SETTINGS: tuple[dict[str, object], ...] = (
    {},
    {"levels": {"PM504": "off", "blaming-language": "error"}},
    {"languages": ["en", "de"], "date_order": "day-first"},
    {"levels": {"time-in-the-future": "off"}, "repeat_window": "900d"},
)


@pytest.fixture
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A docs folder whose files count as old enough to be known again by their times."""
    generate(tmp_path / "docs", 12, seed=3, patterns=3, services=4)
    moment = snapshot.time_ns
    monkeypatch.setattr(snapshot, "time_ns", lambda: moment() + 10_000_000_000)
    return tmp_path / "docs"


def found(result: CheckResult) -> CheckResult:
    return replace(result, docs=Path())


def changed_line(random: Random, docs: Path) -> None:
    replace_line(random, random.choice(sorted(docs.rglob("*.md"))), [random.choice(LINES)])


def replace_line(random: Random, path: Path, new: list[str]) -> None:
    """Put lines anywhere into a file, in the place of one or of none."""
    lines = path.read_text("utf-8").split("\n")
    index = random.randrange(len(lines))
    lines[index : index + random.randrange(2)] = new
    path.write_text("\n".join(lines), "utf-8")


LINES = (
    "The on-call engineer forgot to set a lock timeout, and should have known better.",
    "- [ ] [storage-team] Set a lock timeout (due: 2026-12-20) (kind: prevent)",
    "- [ ] Improve everything",
    "![Latency](artifacts/latency.png) and [the notes](notes.txt)",
    "<img src='artifacts/latency.png'>",
    "<!-- postmortems: allow blaming-language: quoting the page -->",
    "password: hunter2hunter2 and mail to jane.doe@example.org",
    "repeat_of: 2024/01-none",
    "started_at: 2027-03-01T10:00:00Z",
    "status: draft",
    "",
    "---",
    "## Timeline",
    "[Describe what happened]",
)


def changed_name(random: Random, docs: Path) -> None:
    folder = random.choice(sorted(docs.glob("postmortems/*/*")))
    folder.rename(folder.with_name(f"{random.randrange(10, 99)}-moved"))


def copied(random: Random, docs: Path) -> None:
    folder = random.choice(sorted(docs.glob("postmortems/*/*")))
    shutil.copytree(folder, folder.with_name(f"{random.randrange(100, 999)}-copy"))


def removed(random: Random, docs: Path) -> None:
    random.choice(sorted(docs.rglob("*.md"))).unlink()


def attached(random: Random, docs: Path) -> None:
    folder = random.choice(sorted(docs.glob("postmortems/*/*"))) / "artifacts"
    folder.mkdir(exist_ok=True)
    (folder / random.choice(("latency.png", "log.txt"))).write_bytes(random.randbytes(40))


def changed_timeline(random: Random, docs: Path) -> None:
    path = random.choice(sorted(docs.glob("postmortems/*/*"))) / "timeline.json"
    path.write_text(random.choice(("[]", "{", '[{"time": "2026-01-01T10:00:00Z", "event": "x"}]')), "utf-8")


def changed_template(random: Random, docs: Path) -> None:
    path = docs / "templates/postmortem-template.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"# [Describe what happened]\n\n- [ ] [owner] Improve everything {random.randrange(3)}\n", "utf-8")


def changed_register(random: Random, docs: Path) -> None:
    entry = "- id: INC-{}\n  severity: SEV{}\n  resolved_at: 2026-0{}-01T10:00:00Z\n  postmortem: {}\n"
    named = [path.parent.relative_to(docs / "postmortems").as_posix() for path in docs.glob("postmortems/*/*/*.md")]
    lines = (
        entry.format(random.randrange(5), n % 4, n % 9 + 1, random.choice((*named, "2020/01-none"))) for n in (1, 2)
    )
    (docs / "postmortems/register.yml").write_text(random.choice(("[", "", "".join(lines))), "utf-8")


CHANGES: tuple[Callable[[Random, Path], None], ...] = (
    changed_line, changed_line, changed_line, changed_line, changed_name, copied, removed, attached, changed_timeline,
    changed_template, changed_register,
)  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_after_any_edits_the_store_changes_nothing(docs: Path, seed: int) -> None:
    random = Random(seed)
    day = TODAY
    for _ in range(12):
        random.choice(CHANGES)(random, docs)
        day += timedelta(days=random.choice((0, 0, 0, 1, -1, 200)))
        settings = Settings.model_validate(random.choice(SETTINGS))
        store = open_store(docs.parent)
        assert store
        kept = check_result(docs, settings, day, None, store)
        store.close()
        fresh = run_pipeline(docs, settings, day)
        assert found(kept).diagnostics == fresh.diagnostics
        assert (kept.files, kept.nothing_found, kept.drafts) == (fresh.files, fresh.nothing_found, fresh.drafts)


def edited(random: Random, docs: Path) -> None:
    """An edit as authors make most: one line more, one less or another one, at any place of one postmortem."""
    path = random.choice(sorted(docs.glob("postmortems/*/*/postmortem.md")))
    own = random.choice(path.read_text("utf-8").split("\n"))
    replace_line(random, path, [random.choice((*EDITS, *LINES, own))] if random.randrange(4) else [])


EDITS = (
    "",
    "One more sentence.",
    "- [x] [storage-team] Set a lock timeout",
    "- [ ] [Storage Team] Set a lock timeout (due: 2026-01-20)",
    "![Nowhere](artifacts/nowhere.png), and [a page](../../2020/none.md)",
    "<!-- postmortems: allow undeclared-repeat: it is another one -->",
    "<!-- postmortems: allow broken-artifact-link: it is to come -->",
    "--8<-- '../../secret'",
    "detected_at: 2020-01-01T10:00:00Z",
    "authors: [Jane Roe]",
)


@pytest.mark.parametrize("seed", range(4))
def test_after_any_small_edit_the_last_check_changes_nothing(
    docs: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Mostly no other file is looked at, as the count of whole checks proves."""
    random = Random(seed)
    whole: list[object] = []
    run = pipeline.run_pipeline
    monkeypatch.setattr(pipeline, "run_pipeline", lambda *given, **named: whole.append(0) or run(*given, **named))
    for path in random.sample(sorted(docs.glob("postmortems/*/*")), 4):
        (path / "artifacts").mkdir()
        (path / "artifacts/latency.png").write_bytes(b"1" * 600_000)
        (path / "timeline.json").write_text('[{"time": "2026-01-01T10:00:00Z", "event": "jane.doe@example.org"}]')
    settings = Settings.model_validate({"levels": {"undeclared-repeat": "warning"}, "repeat_window": "3000d"})
    for _ in range(40):
        edited(random, docs)
        store = open_store(docs.parent)
        kept = check_result(docs, settings, TODAY, None, store)
        store.close()
        assert kept.diagnostics == run(docs, settings, TODAY).diagnostics
    assert 0 < len(whole) < 35


def test_our_own_incidents_are_found_alike(tmp_path: Path) -> None:
    project = read_project(ROOT / "mkdocs.yml")
    asked = (project.catalogue, project.exclusions, project.site)
    fresh = run_pipeline(project.docs, project.settings, TODAY, None, None, *asked)
    for _ in range(2):
        store = Store(tmp_path / "cache/own.sqlite")
        run = run_pipeline(project.docs, project.settings, TODAY, None, store, *asked)
        store.close()
        assert run.diagnostics == fresh.diagnostics
        # The texts are loaded after the store was closed.
        assert run.corpus == fresh.corpus
    assert project.settings.corpus == "sample"


def test_after_an_edit_one_file_is_read_and_its_rules_asked(docs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    parse = postmortems.read_postmortem

    def counted(path: str, *given: object) -> object:
        read.append(path)
        return parse(path, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(postmortems, "read_postmortem", counted)
    opened: list[str] = []
    digest = snapshot._file_digest
    monkeypatch.setattr(snapshot, "_file_digest", lambda path: opened.append(path) or digest(path))
    edited = sorted(docs.glob("postmortems/*/*/postmortem.md"))[5]
    for expected in (12, 0, 1):
        read.clear()
        opened.clear()
        if expected == 1:
            edited.write_text(edited.read_text("utf-8") + "\nMore.\n", "utf-8")
        store = open_store(docs.parent)
        check_result(docs, Settings(), TODAY, None, store)
        store.close()
        assert len(read) == expected
        assert len(opened) == (expected if expected < 2 else len([*docs.rglob("*.*")]))


def test_a_check_keeps_no_text_in_memory(docs: Path) -> None:
    for store in (None, open_store(docs.parent)):
        run = run_pipeline(docs, Settings(), TODAY, None, store, drops_texts=True)
        assert all(postmortem.body.lines for postmortem in run.corpus.postmortems)
        for postmortem in run.corpus.postmortems:
            with pytest.raises(AttributeError):
                object.__getattribute__(postmortem, "body")
        if store:
            store.close()


def test_a_text_that_the_store_has_lost_is_read_again(docs: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "cache/one.sqlite")
    run = run_pipeline(docs, Settings(), TODAY, None, store, drops_texts=True)
    store.close()
    (tmp_path / "cache/one.sqlite").unlink()
    assert run.corpus == run_pipeline(docs, Settings(), TODAY).corpus

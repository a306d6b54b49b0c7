"""The repository of a made-up team: the same for the same seed and day, sound by every rule, and full of what is rare."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from benchmarks.team import LONGEST, SHORTEST, generate_team
from tests.benchmarks.fingerprint import fingerprint
from tests.commands import ROOT

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.metrics import metrics_of
from postmortems.check.run import fails
from postmortems.model.action_item import ActionState
from postmortems.model.front_matter import IncidentKind, Status
from postmortems.model.section import OPTIONAL_SECTIONS
from postmortems.model.timeline import Shape
from postmortems.pipeline import run_pipeline
from postmortems.read.settings_file import read_project
from postmortems.results import Run

RunIn = Callable[..., subprocess.CompletedProcess[str]]

TODAY = date(2026, 11, 29)
COUNT = 200


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("team")
    generate_team(made, COUNT, today=TODAY)
    return made


@pytest.fixture(scope="module")
def run(folder: Path) -> Run:
    project = read_project(folder / "mkdocs.yml")
    return run_pipeline(project.docs, project.settings, TODAY, catalogue=project.catalogue)


@pytest.fixture(scope="module")
def analysis(run: Run) -> Analysis:
    return run.analysis


def test_a_seed_and_a_day_give_the_same_folder_every_time(tmp_path: Path) -> None:
    for name, seed in (("one", 7), ("again", 7), ("other", 8)):
        generate_team(tmp_path / name, 30, seed=seed, today=TODAY)
    assert fingerprint(tmp_path / "one") == fingerprint(tmp_path / "again")
    assert fingerprint(tmp_path / "one") != fingerprint(tmp_path / "other")


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("count", [1, 40])
def test_any_size_and_seed_passes_the_strict_check(tmp_path: Path, count: int, seed: int) -> None:
    generate_team(tmp_path, count, seed=seed, years=1, today=TODAY)
    project = read_project(tmp_path / "mkdocs.yml")
    found = run_pipeline(project.docs, project.settings, TODAY, catalogue=project.catalogue)
    assert [one for one in found.diagnostics if fails([one], strict=True)] == []
    assert len(found.corpus.postmortems) == count


def test_the_whole_passes_the_strict_check(run: Run) -> None:
    assert [one for one in run.diagnostics if fails([one], strict=True)] == []
    assert len(run.corpus.postmortems) == COUNT


def test_no_two_titles_are_alike(run: Run) -> None:
    assert [title for title, n in Counter(one.title for one in run.corpus.postmortems).items() if n > 1] == []


def test_everything_that_real_ones_hold_is_there(run: Run, analysis: Analysis) -> None:
    every = run.corpus.postmortems
    assert {one.front_matter.kind for one in every} == set(IncidentKind)
    assert {one.front_matter.status for one in every} == set(Status)
    short = [one for one in every if one.body.find("What Saved Us")]
    assert {one.timeline.shape for one in every if one not in short} == set(Shape)
    assert {one.front_matter.kind for one in short} == {IncidentKind.NEAR_MISS}
    assert all(any(one.body.find(name) for one in every) for name in OPTIONAL_SECTIONS)
    assert {item.state for one in every for item in one.actions.items} == set(ActionState)
    assert (len(analysis.services), len(analysis.owners)) == (12, 6 + 13)
    counts = analysis.board.counts
    assert counts.overdue > 20
    assert counts.open > counts.overdue
    assert counts.tells_a_rate
    recurrence = analysis.once(metrics_of).recurrence
    assert len(recurrence.declared) > 5
    assert recurrence.suspected
    assert analysis.recovery.censored
    assert any(one.front_matter.detected_at is None for one in analysis.incidents)
    completion = analysis.once(metrics_of).completion
    assert completion is not None
    groups = (completion.in_time, completion.late, completion.unpublished, completion.unknown, completion.waived)
    assert all([*groups, completion.not_due, completion.not_required])
    assert analysis.once(metrics_of).findings.standing_out


def test_lengths_reach_from_minutes_to_days(analysis: Analysis) -> None:
    known = analysis.recovery.ordered
    assert SHORTEST <= known[0] < timedelta(minutes=10)
    assert timedelta(days=3) < known[-1] <= LONGEST
    assert any(length.total_seconds() % 60 for length in analysis.detection.ordered)


def test_days_lie_in_the_years_that_were_asked_for(analysis: Analysis) -> None:
    assert analysis.days[0] >= TODAY - timedelta(days=3 * 365)
    assert analysis.days[-1] < TODAY
    assert (TODAY - analysis.days[-1]).days < 60


def test_the_command_writes_it_and_says_so(tmp_path: Path) -> None:
    asked = [sys.executable, "-m", "benchmarks.generate", str(tmp_path / "kb"), "--count", "12", "--years", "1"]
    done = subprocess.run([*asked, "--today", "2026-11-29"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == f"12 postmortems of a made-up team in {tmp_path / 'kb'}, as of 2026-11-29\n"
    assert not (tmp_path / "kb/docs/postmortems/register.yml").exists()
    refused = subprocess.run([*asked[:-1], "0"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (refused.returncode, refused.stdout) == (2, "")


def test_its_site_builds_strictly(tmp_path: Path, run_in: RunIn) -> None:
    generate_team(tmp_path, 25, years=1, today=TODAY)
    done = run_in(tmp_path, "mkdocs", "build", "--strict", "-q")
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "site/metrics/index.html").is_file()

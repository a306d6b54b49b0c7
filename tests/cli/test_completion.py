"""What a shell gets to complete, as click asks for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.shell_completion import ShellComplete
from tests.commands import run_other
from tests.conftest import Write

from postmortems.cli.main import main


def completed(*words: str) -> list[str]:
    """The completions of the last word."""
    found = ShellComplete(main, {}, "postmortems", "_POSTMORTEMS_COMPLETE").get_completions([*words[:-1]], words[-1])
    return [item.value for item in found]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["sh"], ["show"]),
        (["show", "20"], ["2026/01-checkout"]),
        (["show", "2025"], []),
        (["explain", "missing-s"], ["missing-section"]),
        (["explain", "pm10"], [f"PM10{number}" for number in range(1, 7)]),
        (["explain", "detection"], ["detection_targets"]),
        (["list", "--pattern", ""], ["database-issues"]),
        (["list", "--severity", "sev"], ["SEV1", "SEV2", "SEV3", "SEV4"]),
        (["list", "--service", "C"], ["checkout"]),
        (["list", "--status", ""], ["draft", "in-review", "published"]),
        (["list", "--owner", "pay"], ["Payments"]),
        (["search", "check"], ["checkout"]),
        (["actions", "--owner", "Pay"], ["Payments"]),
        (["new", "--pattern", "data"], ["database-issues"]),
        (["new", "--service", ""], ["checkout"]),
        (["new", "--owner", ""], ["Payments"]),
        (["new", "--detected-by", "c"], ["customer"]),
    ],
)
def test_words_of_the_knowledge_base_are_completed(
    write: Write, monkeypatch: pytest.MonkeyPatch, words: list[str], expected: list[str]
) -> None:
    monkeypatch.chdir(write({}))
    assert completed(*words) == expected


def test_another_configuration_is_heeded(write: Write, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    folder = write({})
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    assert completed("show", "--config", str(folder / "mkdocs.yml"), "2026") == ["2026/01-checkout"]


@pytest.mark.parametrize("words", [["show", ""], ["list", "--owner", ""], ["list", "--pattern", ""]])
def test_where_there_is_nothing_nothing_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], words: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mkdocs.yml").write_text("plugins: [\n", "utf-8")
    assert completed(*words) == []
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_each_shell_gets_its_script(shell: str, tmp_path: Path) -> None:
    done = run_other(tmp_path, "env", f"_POSTMORTEMS_COMPLETE={shell}_source", "postmortems")
    assert done.returncode == 0
    assert f"_POSTMORTEMS_COMPLETE={shell}_complete" in done.stdout

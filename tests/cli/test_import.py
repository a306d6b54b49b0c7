"""`postmortems import`: what it shows, and what it says of what it cannot read. All documents are made up."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from tests.commands import run_other

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[[Mapping[str, str | bytes]], Path]

SLOW = "# 2024-05-02, Slow\n\n**Severity:** High\n\n## Summary\n\nIt was slow.\n"
FAST = "# 2023-01-01, Fast\n\n**Severity:** P1\n\n## Summary\n\nIt was fast.\n"


def test_the_plan_is_shown_and_nothing_changes(write: Write, run_in: Run) -> None:
    folder = write({"old/slow.md": SLOW, "old/fast.md": FAST, "old/graph.png": b"\x89PNG"})
    before = sorted(folder.rglob("*"))
    done = run_in(folder, "postmortems", "import", "old", "--severity", "p1=SEV2")
    assert done.returncode == 0
    assert "2023/01-fast  <-  fast.md\n  title          Fast\n" in done.stdout
    assert "  severity       SEV2\n" in done.stdout
    assert '? severity       SEV2  (line 3: "High")\n' in done.stdout
    assert sorted(folder.rglob("*")) == before


def test_the_plan_for_programs(write: Write, run_in: Run) -> None:
    folder = write({"old/slow.md": SLOW, "old/2026/03-taken.md": "# 2026-05-02, Late\n"})
    data = json.loads(run_in(folder, "postmortems", "import", "old", "--format", "json").stdout)
    assert [(one["source"], one["id"]) for one in data["records"]] == [
        ("slow.md", "2024/01-slow"),
        ("2026/03-taken.md", "2026/02-late"),
    ]


def test_files_are_called_by_where_they_are_below_all_sources(write: Write, run_in: Run) -> None:
    folder = write({"old/2024/05/02/readme.md": "# Slow\n", "old/b/fast.md": FAST, "old/c.md": "# Outage\n"})
    data = json.loads(run_in(folder, "postmortems", "import", "old/2024", "--format", "json").stdout)
    assert [(one["source"], one["id"]) for one in data["records"]] == [("2024/05/02/readme.md", "2024/01-slow")]
    data = json.loads(run_in(folder, "postmortems", "import", "old/b", "old/c.md", "--format", "json").stdout)
    assert [one["source"] for one in data["records"]] == ["b/fast.md", "c.md"]


def test_the_day_of_publication_is_that_of_the_first_commit(write: Write, run_in: Run) -> None:
    folder = write({"old/slow ä.md": SLOW})
    for command in (
        "init -q",
        "add .",
        "-c user.name=A -c user.email=a@example.com commit -qm one",
        "mv old old2",
        "-c user.name=A -c user.email=a@example.com commit -qm two",
    ):
        assert run_other(folder, "git", *command.split()).returncode == 0
    data = json.loads(run_in(folder, "postmortems", "import", "old2", "--format", "json").stdout)
    day = run_other(folder, "git", "log", "--reverse", "--format=%cs").stdout.split()[0]
    assert data["records"][0]["values"]["published_on"] == {
        "value": day,
        "certainty": "derived",
        "from": "git: first commit of the file",
    }


def test_postmortems_that_are_there_are_not_imported_again(write: Write, run_in: Run) -> None:
    folder = write({"docs/postmortems/old.md": SLOW})
    data = json.loads(run_in(folder, "postmortems", "import", "docs/postmortems", "--format", "json").stdout)
    assert [one["source"] for one in data["records"]] == ["old.md"]
    done = run_in(folder, "postmortems", "import", "docs/postmortems/2026/01-checkout")
    assert done.returncode == 0
    assert done.stdout.endswith("Nothing is new\n")


@pytest.mark.parametrize(
    ("files", "arguments", "line"),
    [
        ({}, ("gone",), "gone: no such file or folder"),
        (
            {"a/x.pdf": b"%PDF", "a/y.pdf": b"%PDF", "a/z": b"x"},
            ("a",),
            "a: none of the 3 files is of a known format (2 .pdf, 1 without ending); known formats: ",
        ),
        ({"a.csv": "a,b\n"}, ("a.csv",), "a.csv: its format is not known; known formats: "),
        (
            {"a/x.zip": b"PK\x03\x04 "},
            ("a",),
            "a: x.zip is an archive, which is not opened: unpack it, and name the folder",
        ),
        (
            {"a.pdf": b"%PDF"},
            ("a.pdf",),
            "a.pdf: it is a PDF, which is not read: export the text as Markdown or JSON",
        ),
        ({"a/x.json": '{"a": [1,}'}, ("a",), "a: line 1: the file is not JSON: "),
        ({"a.json": '{"a": 1}'}, ("a.json",), "a.json: its format is not known; known formats: "),
        ({"a.md": "# Größe\n".encode("latin-1")}, ("a.md",), "a.md: the file is not UTF-8 text: byte 0xf6 at"),
        ({"a.json": '{"a": 1}'}, ("a.json", "--from", "slack"), "a.json: no message, user or channel of Slack in it"),
        ({"a/x.pdf": b"%PDF"}, ("a", "--from", "folder"), "a: folder finds nothing to import in it"),
        (
            {"a/x.md": SLOW},
            ("a", "--severity", "P1=SEV9"),
            '--severity: "SEV9" is not on the scale; the scale is SEV1,',
        ),
        ({"a/x.md": SLOW}, ("a", "--severity", "P1"), '"P1" lacks its other half; write P1=SEV1,High=SEV2'),
        ({"a/x.md": SLOW}, ("a", "--from", "word"), "'word' is not "),
        ({}, (), "Missing argument 'SOURCE...'"),
    ],
)
def test_what_cannot_be_read_is_one_line(
    files: dict[str, str | bytes], arguments: tuple[str, ...], line: str, write: Write, run_in: Run
) -> None:
    done = run_in(write(files), "postmortems", "import", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert line in done.stderr.splitlines()[-1]


def test_an_empty_folder(write: Write, run_in: Run) -> None:
    folder = write({})
    (folder / "empty").mkdir()
    done = run_in(folder, "postmortems", "import", "empty")
    assert (done.returncode, done.stderr) == (2, "postmortems: empty: no file to read\n")


def test_a_file_that_was_named_and_is_of_another_format_is_said(write: Write, run_in: Run) -> None:
    folder = write({"old/slow.md": SLOW, "odd.json": "{}"})
    result = run_in(folder, "postmortems", "import", "old", "odd.json")
    assert "  odd.json: not in the format folder like the rest: import it separately\n" in result.stdout


def test_a_few_strange_files_do_not_stop_the_rest(write: Write, run_in: Run) -> None:
    folder = write({"old/slow.md": SLOW, "old/latin.md": "# Größe\n".encode("latin-1"), "old/empty.md": ""})
    large = folder / "old/large.md"
    large.touch()
    os.truncate(large, 200_000_000)
    os.mkfifo(folder / "old/pipe.md")
    (folder / "old/link.md").symlink_to("nowhere.md")
    done = run_in(folder, "postmortems", "import", "old", "--format", "json")
    assert done.returncode == 1
    data = json.loads(done.stdout)
    assert [one["source"] for one in data["records"]] == ["slow.md"]
    assert [(one["source"], one["reason"]) for one in data["left_out"]] == [
        ("empty.md", "the file is empty"),
        (
            "large.md",
            "the file is 200,000,000 bytes; only 67,108,864 are read: export a part of it",
        ),
        ("latin.md", "the file is not UTF-8 text: byte 0xf6 at position 4; save the file as UTF-8"),
        ("link.md", '"link.md" is a broken symbolic link: No such file or directory'),
        ("pipe.md", '"pipe.md" is a named pipe, not a file'),
    ]


def test_a_file_that_cannot_be_read_beside_earlier_imports_is_named(write: Write, run_in: Run) -> None:
    folder = write({"old/slow.md": SLOW, "old/latin.md": "# Größe\n".encode("latin-1")})
    reason = "  latin.md: the file is not UTF-8 text: byte 0xf6 at position 4; save the file as UTF-8\n"
    done = run_in(folder, "postmortems", "import", "old", "--write")
    assert (done.returncode, done.stderr) == (1, "")
    assert f"Not read:\n{reason}" in done.stdout
    done = run_in(folder, "postmortems", "import", "old")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == (
        f"Left out:\n{reason}\nNothing is new, 1 there already, 1 file left out\n"
        "Next: make 1 file readable, and run this again\n"
    )
    (folder / "old/latin.md").write_text("# Readme\n", encoding="utf-8")
    assert run_in(folder, "postmortems", "import", "old").returncode == 0


def test_a_plan_needs_no_knowledge_base(tmp_path: Path, run_in: Run) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old/slow.md").write_text(SLOW)
    for form in ("", "--diff", "--format=json"):
        done = run_in(tmp_path, "postmortems", "import", "old", *filter(None, [form]))
        assert (done.returncode, done.stderr) == (0, "")
        assert "2024/01-slow" in done.stdout
    done = run_in(tmp_path, "postmortems", "import", "old")
    assert done.stdout.endswith("\nNext: `postmortems init` makes the knowledge base, which --write needs\n")
    done = run_in(tmp_path, "postmortems", "import", "old", "--write")
    assert (done.returncode, done.stdout) == (2, "")
    assert "or run `postmortems init`" in done.stderr
    assert [path.name for path in tmp_path.rglob("*")] == ["old", "slow.md"]
    (tmp_path / "kb").mkdir()
    (tmp_path / "kb/mkdocs.yml").touch()
    done = run_in(tmp_path, "postmortems", "import", "old")
    assert (done.returncode, done.stdout) == (2, "")
    assert "kb/mkdocs.yml below it can be used with --config" in done.stderr


def test_placeholders_that_an_export_leaves_are_counted_by_drafts(write: Write, run_in: Run) -> None:
    incidents = [
        {"id": name, "name": f"Slow {name}", "impact": "major", "status": "resolved", "incident_updates": []}
        | ({"postmortem_body": "## Root cause\n\nThe pool."} if name == "c" else {})
        for name in ("a", "b", "c")
    ]
    folder = write({"page.json": json.dumps({"incidents": incidents})})
    shown = run_in(folder, "postmortems", "import", "page.json").stdout
    assert "  placeholders of the template to fill in: 2 drafts\n" in shown
    assert "leftover-template-text" not in shown


TREG = """# Treg betaling

**Dato:** 4. mars 2026
**Alvorlighetsgrad:** Kritisk
**Status:** Publisert

## Sammendrag

Det gikk tregt.

## Tidslinje

- kl. 14.23 (CET): Alarmen gikk
- kl. 14.50 (CET): Hendelsen løst

## Tiltak

- Fjern låsen
"""


def test_a_document_is_read_in_the_language_that_is_noticed_in_it(write: Write, run_in: Run) -> None:
    folder = write({"old/treg.md": TREG, "old/slow.md": SLOW})
    shown = run_in(folder, "postmortems", "import", "old").stdout
    assert "  languages      nb (1)  (of documents, not in the setting yet)\n" in shown
    data = json.loads(run_in(folder, "postmortems", "import", "old", "--format", "json").stdout)
    assert data["proposals"]["languages"] == {"nb": 1}
    [record] = [record for record in data["records"] if record["source"] == "treg.md"]
    assert record["sections"] == {
        "Executive Summary": "Sammendrag",
        "Timeline": "Tidslinje",
        "Action Items": "Tiltak",
    }
    assert record["events"]["first"] == "2026-03-04T13:23:00Z"
    assert [record["values"][key]["value"] for key in ("date", "severity", "status")] == [
        "2026-03-04",
        "SEV1",
        "published",
    ]

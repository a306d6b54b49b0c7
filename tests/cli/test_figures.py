"""`list`, `show`, `actions`, `schema` and `export` as a user runs them: what they print, filters, and exit codes."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator
from tests.builders import BEGIN, data_context, incident

from postmortems.cli.main import main
from postmortems.render.data.files import data_files
from postmortems.render.data.lists import Actions, Postmortems
from postmortems.render.data.schema import schema_of

Write = Callable[[dict[str, str | bytes]], Path]
SECOND = "docs/postmortems/2025/01-search/postmortem.md"
FILES = len(data_files(data_context(incident("a"), incident("b", BEGIN + timedelta(days=365)))))
"""Number of data files of two postmortems of two years."""


@pytest.fixture
def here(write: Write, sound: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A knowledge base of two postmortems as the working directory, on 24 November 2026."""
    first = sound["postmortem"].replace("due: 2026-12-20", "due: 2026-03-20")
    text = first.replace("2026-03", "2025-06").replace("SEV2", "SEV1").replace("Checkout", "Search")
    text = text.replace("[checkout]", "[Search-API, checkout]").replace("owner: Payments", "owner: Search team")
    text = text.replace("status: published", "status: draft").replace("patterns: [database-issues]", "patterns: []")
    text = text.replace("detected_at: 2025-06-02T14:23:00Z", "detected_at: unknown").replace(
        "[Payments]", "[Kim \x1bc\x07]"
    )
    folder = write(
        {
            sound["path"]: first,
            SECOND: text,
            "mkdocs.yml": "site_name: KB\nsite_url: https://example.org/kb/\nplugins: [postmortems]\n",
        }
    )
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795478400")  # 2026-11-24
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def shown(*arguments: str) -> str:
    done = run(*arguments)
    assert done.exit_code == 0, done.output
    return done.stdout


def refused(*arguments: str) -> str:
    done = run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert isinstance(done.exception, SystemExit)
    return done.stderr


def ids(*arguments: str) -> list[str]:
    data = json.loads(shown("list", "--format", "json", *arguments))
    Draft202012Validator(schema_of(Postmortems, "x")).validate(data)
    return [one["id"] for one in data["postmortems"]]


FIRST_ID, SECOND_ID = "2026/01-checkout", "2025/01-search"


def test_the_list_is_a_table_newest_first(here: Path) -> None:
    assert shown("list") == (
        "Day         Severity  Status     Detected  Recovered  Open  Postmortem        Title\n"
        "2026-03-02  SEV2      published     3 min  1 h 40 min    1!  2026/01-checkout  Checkout times out\n"
        "2025-06-02  SEV1      draft       unknown  1 h 40 min    1!  2025/01-search    Search times out\n"
        "\n"
        "2 postmortems of 2; open action items as of 2026-11-24; ! = some overdue\n"
    ).replace("Recovered  Open", " Recovered  Open")


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        pytest.param("None: the supplier answers for it.", "none", id="no item"),
        pytest.param("- [x] [Kim] Cap it (kind: prevent)", "0", id="all done"),
        pytest.param("- [ ] [Kim] Cap it (state: unknown)", "unknown", id="unknown is no zero"),
        pytest.param(
            "- [ ] [Kim] Cap it (state: unknown)\n- [x] [Kim] Ask (kind: docs)", "unknown", id="of one unknown"
        ),
        pytest.param("- [ ] [Kim] Cap it (state: unknown)\n- [ ] [Kim] Ask", "1, 1 unknown", id="open and unknown"),
        pytest.param("- [ ] [Kim] Ask (due: 2026-03-20)\n- [x] [Kim] Cap it", "1!", id="overdue"),
    ],
)
def test_the_list_never_says_zero_of_what_is_unknown(items: str, expected: str, here: Path) -> None:
    path = here / "docs/postmortems/2026/01-checkout/postmortem.md"
    before, _, rest = path.read_text("utf-8").partition("## Action Items\n")
    path.write_text(f"{before}## Action Items\n\n{items}\n\n## Lessons{rest.partition('## Lessons')[2]}", "utf-8")
    row = next(line for line in shown("list").splitlines() if FIRST_ID in line)
    assert row.partition("1 h 40 min")[2].partition(FIRST_ID)[0].strip() == expected


@pytest.mark.parametrize("kind", ["near-miss", "drill"])
def test_what_no_figure_counts_says_so_in_the_list(kind: str, here: Path) -> None:
    path = here / "docs/postmortems/2026/01-checkout/postmortem.md"
    path.write_text(path.read_text("utf-8").replace("title:", f"kind: {kind}\ntitle:", 1), "utf-8")
    head, first, second, *_ = shown("list").splitlines()
    assert head.split()[3] == "Kind"
    assert (first.split()[3], second.split()[3]) == (kind, "incident")


def test_a_due_date_that_nobody_gave_is_marked(here: Path) -> None:
    path = here / "docs/postmortems/2026/01-checkout/postmortem.md"
    text = path.read_text("utf-8").replace(
        "## Action Items\n", "## Action Items\n\n### Long-term\n\n- [ ] [Kim] Rehearse it\n", 1
    )
    path.write_text(text, "utf-8")
    said = shown("actions")
    assert "2026-06-07*  overdue 170 days  Kim" in said
    assert "2026-03-20   overdue" in said
    assert said.endswith("; * no due date given; derived from the heading\n")
    assert "overdue since 2026-06-07 (from its heading)" in shown("show", FIRST_ID)


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], [FIRST_ID, SECOND_ID]),
        (["--severity", "sev1"], [SECOND_ID]),
        (["--severity", "SEV1", "--severity", "SEV2"], [FIRST_ID, SECOND_ID]),
        (["--severity", "SEV4"], []),
        (["--service", "search api"], [SECOND_ID]),
        (["--service", "Checkout"], [FIRST_ID, SECOND_ID]),
        (["--pattern", "database-issues"], [FIRST_ID]),
        (["--owner", "search TEAM"], [SECOND_ID]),
        (["--status", "draft"], [SECOND_ID]),
        (["--since", "2025-06-03"], [FIRST_ID]),
        (["--since", "2025-06-02", "--until", "2025-06-02"], [SECOND_ID]),
        (["--severity", "SEV1", "--pattern", "database-issues"], []),
    ],
)
def test_each_filter_narrows_the_list(options: list[str], expected: list[str], here: Path) -> None:
    assert ids(*options) == expected


def test_nothing_found_is_said_in_one_line(here: Path) -> None:
    assert shown("list", "--severity", "SEV4") == "0 postmortems of 2\n"
    assert shown("actions", "--severity", "SEV4") == "0 action items of 4, as of 2026-11-24\n"


def test_values_that_nothing_has_are_all_named_with_what_was_meant(here: Path) -> None:
    said = refused(
        "list",
        "--severity",
        "SEV11",
        "--service",
        "chekout",
        "--pattern",
        "x",
        "--owner",
        "Payment",
        "--status",
        "drft",
    )
    assert said.splitlines() == [
        'postmortems: --severity is "SEV11", which matches no postmortem; there are SEV1, SEV2, SEV3, SEV4',
        'postmortems: --service is "chekout", which matches no postmortem; did you mean "checkout"?',
        'postmortems: --pattern is "x", which matches no postmortem; there are database-issues',
        'postmortems: --owner is "Payment", which matches no postmortem; did you mean "Payments"?',
        'postmortems: --status is "drft", which matches no postmortem; did you mean "draft"?',
    ]
    assert "--until 2025-01-01 is before --since 2026-01-01" in refused(
        "list", "--since", "2026-01-01", "--until", "2025-01-01"
    )
    assert '"soon" is not a date' in refused("list", "--since", "soon")


def test_csv_is_that_of_the_site(here: Path) -> None:
    (row,) = csv.DictReader(io.StringIO(shown("list", "--format", "csv", "--owner", "Payments")))
    assert (row["id"], row["url"]) == (FIRST_ID, "https://example.org/kb/postmortems/2026/01-checkout/")


def items(*options: str) -> list[tuple[str, str]]:
    data = json.loads(shown("actions", "--format", "json", *options))
    Draft202012Validator(schema_of(Actions, "x")).validate(data)
    return [(one["postmortem"][:4], one["text"].split()[0]) for one in data["actions"]]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ([], [("2025", "Test"), ("2026", "Test"), ("2026", "Alert"), ("2025", "Alert")]),
        (["--open"], [("2025", "Test"), ("2026", "Test")]),
        (["--overdue"], [("2025", "Test"), ("2026", "Test")]),
        (["--overdue", "--today", "2026-03-20"], [("2025", "Test")]),
        (["--due-within", "10d", "--today", "2026-03-10"], [("2025", "Test"), ("2026", "Test")]),
        (["--due-within", "9d", "--today", "2026-03-10"], [("2025", "Test")]),
        (["--due-within", "999999d"], [("2025", "Test"), ("2026", "Test")]),
        (["--owner", "PAYMENTS"], [("2026", "Test"), ("2026", "Alert")]),
        (["--severity", "SEV1", "--open"], [("2025", "Test")]),
    ],
)
def test_action_items_by_urgency_and_by_filter(options: list[str], expected: list[tuple[str, str]], here: Path) -> None:
    assert items(*options) == expected


def test_the_table_of_action_items_says_how_late_they_are(here: Path) -> None:
    lines = shown("actions", "--overdue", "--owner", "payments").splitlines()
    assert lines[0].split() == ["Due", "State", "Owner", "Action", "item", "Postmortem"]
    assert lines[1].split("  ") == ["2026-03-20", "overdue 249 days", "Payments", "Test the error path", FIRST_ID]
    assert lines[3] == "1 action item of 4, as of 2026-11-24"


def test_wrong_owners_and_durations_are_refused(here: Path) -> None:
    assert '--owner is "paymets", which matches no postmortem; did you mean "Payments"?' in refused(
        "actions", "--owner", "paymets"
    )
    assert '"soon" is not a duration such as 14d' in refused("actions", "--due-within", "soon")


@pytest.mark.parametrize(
    "name",
    [
        FIRST_ID,
        "CHECKOUT",
        "01-che",
        SOUND := "docs/postmortems/2026/01-checkout/postmortem.md",
        "docs/postmortems/2026/01-checkout/",
        "2026/",
    ],
)
def test_a_postmortem_is_shown_by_id_path_or_part(name: str, here: Path) -> None:
    assert shown("show", name).startswith("Checkout times out\n\nStarted     2 Mar 2026, 14:20 UTC\n")


def test_what_is_shown_of_a_postmortem(here: Path) -> None:
    text = shown("show", FIRST_ID)
    for line in (
        "Detected    2 Mar 2026, 14:23 UTC, 3 min after start (SEV2 target: 15 min)",
        "Resolved    2 Mar 2026, 16:00 UTC, 1 h 40 min after start",
        "Detected by alert",
        "Root cause  connection pool exhaustion",
        "Trigger     unknown",
        "Patterns    database-issues",
        "Checkout answered slowly for 25 minutes.",
        "Action items, as of 2026-11-24",
        "[x] Payments: Alert on pool use above 80 % (detect, done 2026-03-05)",
        "[ ] Payments: Test the error path (prevent, overdue since 2026-03-20)",
        f"File        {SOUND}",
    ):
        assert line in text.splitlines()


def test_unknown_moments_are_called_so(here: Path) -> None:
    assert "Detected    unknown (SEV1 target: 5 min)" in shown("show", SECOND_ID).splitlines()


def test_a_near_miss_shows_what_saved_it_and_only_what_is_known(here: Path) -> None:
    (here / "docs/postmortems/2026/02-disk").mkdir()
    (here / "docs/postmortems/2026/02-disk/postmortem.md").write_text(
        "---\ntitle: Disk nearly full\nstatus: draft\nseverity: SEV2\nkind: near-miss\nservices: [orders]\n"
        "date: 2026-03-04\nroot_cause: unknown growth\npatterns: []\n---\n\n"
        "## Executive Summary\n\nClose.\n\n## What Saved Us\n\n- A *limit*\n- \x1b[2JLuck\n\n## Action Items\n\nNone: x\n",
        "utf-8",
    )
    assert shown("show", "disk").splitlines()[2:14] == [
        "Started     2026-03-04, time unknown",
        "Severity    SEV2",
        "Status      draft",
        "Kind        near-miss",
        "Owner       none",
        "Services    orders",
        "Root cause  unknown growth",
        "Patterns    none",
        "",
        "Close.",
        "",
        "Saved by",
    ]
    assert shown("show", "disk").splitlines()[14:16] == ["- A limit", "- \\x1b[2JLuck"]


def test_a_terminal_gets_nothing_that_it_would_obey(here: Path) -> None:
    for command in (["actions"], ["show", SECOND_ID], ["list"]):
        assert "\x1b" not in shown(*command)
    assert "Kim \\x1bc\\x07" in shown("actions")


@pytest.mark.parametrize(
    "command",
    [
        ["list"],
        ["show", SECOND_ID],
        ["list", "--format", "json"],
        ["list", "--format", "csv"],
        ["metrics"],
        ["list", "--owner", "Search tem"],
    ],
    ids=" ".join,
)
def test_a_terminal_gets_nothing_that_it_would_obey_in_any_format(
    command: list[str], here: Path, capfdbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = here / SECOND
    text = (
        path.read_text("utf-8")
        .replace("Search times out", '"Search \\e[2J\\x9b2J\\u202e times out"')
        .replace("owner: Search team", 'owner: "Search team\\x9b"')
    )
    path.write_text(text.replace("connection pool exhaustion", '"pool\\e[2J\\x9b"'), "utf-8")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    with pytest.raises(SystemExit):
        main(command)
    said = b"".join(capfdbinary.readouterr()).decode()
    assert "search" in said.casefold() or "pool" in said
    assert all(line.isprintable() for line in said.split("\n"))


def test_a_name_that_names_none_or_several_is_refused(here: Path) -> None:
    assert refused("show", "01-") == f'postmortems: "01-" matches several ids: {SECOND_ID}, {FIRST_ID}\n'
    assert refused("show", "2026/01-chekcout") == (
        f'postmortems: no postmortem has the id "2026/01-chekcout" or a part of it; did you mean "{FIRST_ID}"?\n'
    )
    assert "`postmortems list` lists all ids" in refused("show", "zzz")
    # An empty variable of a shell must not mean the only one.
    assert refused("show", "").startswith('postmortems: no postmortem has the id "" or a part of it')


def test_one_postmortem_as_json(here: Path) -> None:
    data = json.loads(shown("show", "checkout", "--format", "json"))
    Draft202012Validator(json.loads(shown("schema", "record"))).validate(data)
    assert (data["postmortem"]["id"], len(data["events"]), len(data["actions"])) == (FIRST_ID, 4, 2)
    (row,) = csv.DictReader(io.StringIO(shown("show", "checkout", "--format", "csv")))
    assert (row["id"], row["actions"]) == (FIRST_ID, "2")


def test_the_command_and_the_file_hold_the_same_record(here: Path) -> None:
    shown("export", "out")
    for name in (FIRST_ID, SECOND_ID):
        written = (here / f"out/data/postmortems/{name}.json").read_text("utf-8")
        assert shown("show", name, "--format", "json") == written


def test_findings_of_the_check_are_counted_and_stop_nothing(here: Path) -> None:
    path = here / SECOND
    path.write_text(path.read_text("utf-8").replace("severity: SEV1", "severty: SEV1"), "utf-8")
    done = run("list")
    assert (done.exit_code, "2025/01-search" in done.stdout) == (0, True)
    assert done.stderr == "postmortems: 2 errors: run `postmortems check`\n"


def test_the_schema_of_the_front_matter_and_of_each_file(here: Path) -> None:
    schema = json.loads(shown("schema"))
    assert schema["properties"]["patterns"]["items"]["anyOf"][0]["enum"] == ["database-issues"]
    for name in ("postmortem", "index", "postmortems", "actions", "record", "metrics"):
        Draft202012Validator.check_schema(json.loads(shown("schema", name)))
    assert 'no schema has the name "acton"; did you mean "actions"?' in refused("schema", "acton")


def test_export_writes_what_the_site_has(here: Path) -> None:
    assert shown("export", "out/data") == f"out/data: {FILES} files written\n"
    out = here / "out/data"
    data = json.loads((out / "data/index.json").read_bytes())
    Draft202012Validator(json.loads((out / "data" / data["$schema"]).read_bytes())).validate(data)
    names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()} - {
        ".postmortems-export.json"
    }
    assert {"data/postmortems.csv", "feed.xml", "actions.ics", "llms.txt", "schema/postmortem.schema.json"} < names
    assert len(names) == FILES


def test_an_export_replaces_only_what_an_export_has_written(here: Path) -> None:
    (here / "out").mkdir()
    (here / "out/other").write_text("mine", "utf-8")
    shown("export", "out")
    shown("export", "out")
    assert (here / "out/other").read_text("utf-8") == "mine"
    (here / "out/.postmortems-export.json").write_text("[broken", "utf-8")
    before = (here / "out/feed.xml").read_bytes()
    said = refused("export", "out", "--today", "2030-01-01")
    assert "out/feed.xml: exists and was not written by an export" in said
    assert "nothing written" in said
    assert (here / "out/feed.xml").read_bytes() == before


def test_an_export_removes_the_record_of_a_postmortem_that_is_gone(here: Path) -> None:
    shown("export", "out")
    record, other = here / "out/data/postmortems/2025/01-search.json", here / "out/data/postmortems/2025/mine.json"
    other.write_text("mine", "utf-8")
    (here / SECOND).unlink()
    assert shown("export", "out") == f"out: {FILES - 2} files written, 2 removed\n"  # its record and its year
    assert (record.exists(), other.read_text("utf-8")) == (False, "mine")


@pytest.mark.parametrize("name", ["../keep.json", "data/postmortems/../../../keep.json", "data/keep.json"])
def test_a_list_that_names_files_of_others_removes_none(name: str, here: Path) -> None:
    shown("export", "out")
    kept = here / "out" / name
    kept.write_text("mine", "utf-8")
    list_ = here / "out/.postmortems-export.json"
    list_.write_text(json.dumps([*json.loads(list_.read_bytes()), name]), "utf-8")
    assert shown("export", "out") == f"out: {FILES} files written\n"
    assert kept.read_text("utf-8") == "mine"


def test_an_export_that_cannot_be_written_says_so_in_one_line(here: Path) -> None:
    (here / "file").write_text("", "utf-8")
    assert refused("export", "file") == "postmortems: file: is a file, not a folder; name a folder\n"
    assert f"file/below: cannot write: Not a directory; 0 of {FILES} files are" in refused("export", "file/below")


@pytest.mark.parametrize("command", ["list", "actions", "schema", "export"])
def test_without_a_knowledge_base_there_is_one_line(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = [command, "out"] if command == "export" else [command]
    assert refused(*arguments).startswith("postmortems: no mkdocs.yml in ")


def test_metrics_say_what_they_rest_on(here: Path) -> None:
    lines = shown("metrics").splitlines()
    assert lines[0] == "2 incidents, including 1 draft, as of 2026-11-24"
    assert lines[3].split() == [
        "time",
        "to",
        "detect",
        "1",
        "1",
        "too",
        "few",
        "too",
        "few",
        "too",
        "few",
        "too",
        "few",
    ]
    assert "Over target  0 of 1 detected late; 1 unknown" in lines


def test_metrics_as_json_are_those_of_the_site_and_as_csv_the_lengths(here: Path) -> None:
    shown("export", "out")
    assert shown("metrics", "--format", "json") == (here / "out/data/metrics.json").read_text("utf-8")
    rows = list(csv.DictReader(io.StringIO(shown("metrics", "--format", "csv"))))
    assert [(row["group"], row["of"], row["n"]) for row in rows if row["clock"] == "time to recover"] == [
        ("all", "", "2"),
        ("year", "2025", "1"),
        ("year", "2026", "1"),
        ("severity", "SEV1", "1"),
        ("severity", "SEV2", "1"),
    ]


def test_metrics_of_nothing_are_one_line(here: Path) -> None:
    for path in (here / "docs/postmortems").rglob("postmortem.md"):
        path.unlink()
    assert shown("metrics") == "0 incidents, as of 2026-11-24\n"


def test_what_a_baseline_lists_is_not_counted_again(here: Path) -> None:
    path = here / "docs/postmortems/2026/01-checkout/postmortem.md"
    path.write_text(path.read_text("utf-8").replace("### Primary Cause", "### Reasons"), "utf-8")
    assert run("list").stderr == "postmortems: 1 error: run `postmortems check`\n"
    config = here / "mkdocs.yml"
    settings = config.read_text("utf-8").replace("[postmortems]", "[{postmortems: {baseline: b.json}}]")
    config.write_text(settings, "utf-8")
    assert run("check", "--write-baseline").exit_code == 0
    assert run("list").stderr == ""

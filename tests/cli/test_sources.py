"""The commands of a site of several repositories: files are named as they lie, and those of others stay as they are."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.conftest import MKDOCS_YML, PATTERN, Write
from tests.source_repositories import CARDS, INDEX, LINKS, PAYMENTS, REFUNDS, SOURCES, told

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def site(write: Write) -> Path:
    return write(SOURCES)


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "protocol.file.allow=always")
    done = subprocess.run(["git", *identity, *arguments], cwd=folder, check=True, capture_output=True, text=True)
    return done.stdout


def put(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, "utf-8")


def test_all_are_checked_together(site: Path, run_in: Run) -> None:
    done = run_in(site, "postmortems", "check", "--strict")
    assert (done.returncode, done.stdout, done.stderr) == (0, "6 files, nothing to report\n", "")


def test_a_finding_names_the_file_as_it_lies(site: Path, run_in: Run) -> None:
    put(site, CARDS, (site / CARDS).read_text("utf-8").replace("severity: SEV2", "severity: P7"))
    for folder in (site, site / "docs"):
        found = json.loads(run_in(folder, "postmortems", "check", "--format", "json").stdout)["diagnostics"]
        up = "" if folder == site else "../"
        assert [(each["rule"], each["path"]) for each in found] == [("invalid-value", f"{up}{CARDS}")]
    shown = run_in(site, "postmortems", "check", "--format", "text").stdout
    assert "severity: P7" in shown  # the line of the file, which lies outside the docs folder
    assert f"file={CARDS}," in run_in(site, "postmortems", "check", "--format", "github").stdout
    git(site, "init", "--quiet")
    assert json.loads(run_in(site, "postmortems", "check", "--format", "gitlab").stdout)[0]["location"]["path"] == CARDS


def test_paths_narrow_it(site: Path, run_in: Run) -> None:
    for path in (CARDS, "docs/patterns/database-issues.md"):
        put(site, path, (site / path).read_text("utf-8").replace("---\ntitle:", "---\ntitel:"))
    for paths, found in (
        (["docs"], {"docs/patterns/database-issues.md"}),
        (["sources/payments"], {CARDS}),
        (["sources"], {CARDS}),
        ([CARDS], {CARDS}),
        (["docs", "sources"], {CARDS, "docs/patterns/database-issues.md"}),
        ([], {CARDS, "docs/patterns/database-issues.md"}),
    ):
        done = run_in(site, "postmortems", "check", *paths, "--format", "json")
        assert {each["path"] for each in json.loads(done.stdout)["diagnostics"]} == found, paths
    lost = run_in(site, "postmortems", "check", f"{PAYMENTS}/index.md")
    assert (lost.returncode, lost.stderr.splitlines()[0].partition(";")[0]) == (
        2, f"postmortems: {PAYMENTS}/index.md: no postmortem or pattern found",
    )  # fmt: skip


def test_an_unknown_id_is_quoted_as_it_is_written(site: Path, run_in: Run) -> None:
    put(site, CARDS, told("Cards are refused", "2026-04-02", more="repeat_of: 2026/02-refund\n"))
    found = json.loads(run_in(site, "postmortems", "check", "--format", "json").stdout)["diagnostics"]
    (one,) = [each for each in found if each["rule"] == "dangling-repeat"]
    assert one["message"] == 'no postmortem has the id "2026/02-refund"'
    assert one["help"] == 'did you mean "2026/02-refunds"?'


def test_a_link_to_what_is_not_taken_needs_an_address(site: Path, run_in: Run) -> None:
    put(site, "mkdocs.yml", str(SOURCES["mkdocs.yml"]).replace("          url:", "          #url:"))
    done = run_in(site, "postmortems", "check", "--format", "json")
    assert [(each["rule"], each["path"], each["message"]) for each in json.loads(done.stdout)["diagnostics"]] == [
        (
            "broken-artifact-link",
            INDEX,
            '"../../../runbooks/index.md#first-steps" points to a file of the source "search" that this site does not '
            "take: runbooks/index.md",
        )
    ]


@pytest.mark.parametrize("url", ["url:", "#url:"])
def test_a_link_to_what_is_not_there_is_found_with_an_address_and_without(site: Path, run_in: Run, url: str) -> None:
    put(site, "mkdocs.yml", str(SOURCES["mkdocs.yml"]).replace("          url:", f"          {url}"))
    put(site, "sources/search/secret.md", "# Secret\n")
    put(site, "secret.png", "")
    put(site, "sources/search/handbook/runbooks/one.md", "# One\n")
    (site / "sources/search/handbook/led-out.png").symlink_to(site / "secret.png")
    broken = ("../../../nofile.md", "../../../no.png", "/runbooks/two", "../../../led-out.png", "../../../runbook")
    sound = ("../../../runbooks/one", "../../../runbooks", "../../../runbooks/one.md?a=1#b", "/tags/")
    put(site, INDEX, str(SOURCES[INDEX]) + "".join(f"\n![a]({target})\n" for target in (*broken, *sound)))
    done = run_in(site, "postmortems", "check", "--format", "json")
    found = [each["message"] for each in json.loads(done.stdout)["diagnostics"] if each["code"] == "PM701"]
    assert [message for message in found if "this site does not take" not in message] == [
        '"../../../nofile.md" points to a missing file: docs/nofile.md of search',
        '"../../../no.png" points to a missing file: docs/no.png of search',
        '"/runbooks/two" points to a missing file: docs/runbooks/two of search',
        '"../../../led-out.png" points to a missing file: docs/led-out.png of search',
        '"../../../runbook" points to a missing file: docs/runbook of search',
    ]
    assert len(found) == len(broken) + (0 if url == "url:" else len(sound) + 1)
    assert done.returncode == 1


def test_a_source_that_is_not_there_ends_every_command(site: Path, run_in: Run) -> None:
    (site / "sources").rename(site / "gone")
    for command in (("check",), ("list",), ("show", "2026/01-checkout"), ("fmt",), ("report", "--changed-since", "x")):
        done = run_in(site, "postmortems", *command)
        lines = done.stderr.splitlines()
        assert (done.returncode, done.stdout, len(lines)) == (2, "", 2), command
        assert lines[0].endswith(
            'mkdocs.yml: plugins.postmortems.sources.payments: "sources/payments/docs" does not exist; correct the '
            "path, or check it out first, such as with `git submodule update --init`"
        )


def test_hidden_patterns_are_named(site: Path, run_in: Run) -> None:
    put(site, f"{PAYMENTS}/patterns/database-issues.md", PATTERN.replace("Sessions wait", "All wait"))
    assert run_in(site, "postmortems", "check").stderr == (
        "postmortems: source payments: not taken, as docs/patterns/ has patterns with these names: database-issues\n"
    )


def test_fixes_stay_in_the_own_repository_unless_a_path_is_named(site: Path, run_in: Run) -> None:
    own = "docs/postmortems/2026/01-checkout/postmortem.md"
    for path in (CARDS, own):
        put(site, path, (site / path).read_text("utf-8").replace("severity:", "severty:"))
    before = (site / CARDS).read_text("utf-8")
    assert run_in(site, "postmortems", "check", "--fix").stderr == "fixed 1 problem in 1 file\n"
    assert "severity:" in (site / own).read_text("utf-8")
    assert (site / CARDS).read_text("utf-8") == before
    assert run_in(site, "postmortems", "check", "--fix", "docs").stderr == "fixed 0 problems in 0 files\n"
    assert run_in(site, "postmortems", "check", "--fix", "sources/payments").stderr == "fixed 1 problem in 1 file\n"
    assert "severity:" in (site / CARDS).read_text("utf-8")
    assert run_in(site, "postmortems", "check", "--strict").returncode == 0


def test_fmt_stays_in_the_own_repository_unless_a_path_is_named(site: Path, run_in: Run) -> None:
    put(site, CARDS, (site / CARDS).read_text("utf-8").replace("- [x]", "- [X]"))
    assert run_in(site, "postmortems", "fmt", "--check").returncode == 0
    done = run_in(site, "postmortems", "fmt", "--check", CARDS)
    assert (done.returncode, done.stdout) == (1, f"{CARDS}\n")


def test_new_writes_into_the_own_docs_folder(site: Path, run_in: Run) -> None:
    done = run_in(site, "postmortems", "new", "Slow again", "--severity", "SEV2", "--started", "2026-07-01T10:00Z")
    assert done.returncode == 0, done.stderr
    assert (site / "docs/postmortems/2026/02-slow-again/postmortem.md").is_file()


@pytest.mark.parametrize("folder", [PAYMENTS, f"{PAYMENTS}/made", "sources/payments", "sources"])
def test_generate_writes_into_no_source(site: Path, run_in: Run, folder: str) -> None:
    done = run_in(site, "postmortems", "generate", "--out", folder)
    assert (done.returncode, done.stderr) == (
        2,
        f'postmortems: {folder}: lies in the source "payments" or holds it; name a folder outside it\n',
    )


def test_an_incident_in_two_registers_is_an_error(site: Path, run_in: Run) -> None:
    entry = "- id: {}\n  severity: SEV2\n  resolved_at: 2026-04-02T16:00:00Z\n  postmortem: {}\n"
    put(site, "docs/postmortems/register.yml", entry.format("INC-1", "2026/01-checkout"))
    payments = entry.format("INC-7", "2026/02-refunds") + entry.format("INC-1", "2026/01-cards")
    put(site, f"{PAYMENTS}/postmortems/register.yml", payments)
    put(site, "sources/search/handbook/incidents/register.yml", entry.format("INC-7", "2026/01-index"))
    done = run_in(site, "postmortems", "check", "--format", "json")
    found = json.loads(done.stdout)["diagnostics"]
    assert done.returncode == 1
    assert [(each["path"], each["line"], each["message"]) for each in found if each["code"] == "PM004"] == [
        (
            f"{PAYMENTS}/postmortems/register.yml",
            5,
            'incident "INC-1" is listed in two registers; the first is this site\'s, on line 1 of '
            "docs/postmortems/register.yml",
        ),
        (
            "sources/search/handbook/incidents/register.yml",
            1,
            'incident "INC-7" is listed in two registers; the first is that of the source "payments", on line 1 of '
            "docs/postmortems/register.yml",
        ),
    ]
    shown = run_in(site, "postmortems", "show", "--incident", "INC-1").stdout
    assert ("docs/postmortems/register.yml:1" in shown, "payments" in shown) == (True, False)


def test_a_missing_postmortem_is_created_where_its_register_is(site: Path, run_in: Run) -> None:
    entry = "- id: {}\n  severity: SEV2\n  resolved_at: 2026-04-02T16:00:00Z\n"
    put(site, "docs/postmortems/register.yml", entry.format("INC-1"))
    put(site, f"{PAYMENTS}/postmortems/register.yml", entry.format("INC-2"))
    done = run_in(site, "postmortems", "check", "--format", "json")
    found = [each for each in json.loads(done.stdout)["diagnostics"] if "has no postmortem;" in each["message"]]
    assert {each["path"]: each["help"].partition(" and add it here")[0] for each in found} == {
        "docs/postmortems/register.yml": "create one with `postmortems new`",
        f"{PAYMENTS}/postmortems/register.yml": "create one with `postmortems new` in the repository of payments",
    }


def test_list_and_show_know_all(site: Path, run_in: Run) -> None:
    listed = json.loads(run_in(site, "postmortems", "list", "--format", "json").stdout)["postmortems"]
    assert [(each["id"], each["url"]) for each in listed] == [
        (name, f"postmortems/{name}/")
        for name in ("search/2026/01-index", "payments/2026/02-refunds", "payments/2026/01-cards", "2026/01-checkout")
    ]
    for name in ("payments/2026/01-cards", "01-cards", CARDS, str(Path(CARDS).parent)):
        shown = run_in(site, "postmortems", "show", name)
        assert shown.returncode == 0, shown.stderr
        assert "Cards are refused" in shown.stdout


def test_sync_leaves_the_items_of_others_alone(site: Path, run_in: Run) -> None:
    text = (site / CARDS).read_text("utf-8").replace("Test the error path (", "Test the error path (ticket: PAY-1, ")
    put(site, CARDS, text)
    put(site, "tickets.csv", "Issue key,Summary,Status,Status Category,Resolved\nPAY-1,x,Done,Done,2026-10-01\n")
    done = run_in(site, "postmortems", "sync", "tickets.csv", "--write")
    assert 'it belongs to the source "payments": run the command in that repository' in done.stdout + done.stderr
    assert (site / CARDS).read_text("utf-8") == text


def test_one_repository_alone_has_ids_without_a_prefix(site: Path, run_in: Run, write: Write) -> None:
    settings = MKDOCS_YML.replace("  - postmortems\n", "  - postmortems: {levels: {undeclared-repeat: off}}\n")
    put(site / "sources/payments", "mkdocs.yml", settings)
    assert run_in(site / "sources/payments", "postmortems", "check", "--strict").returncode == 0
    settings = "docs_dir: handbook\n" + MKDOCS_YML.replace(
        "  - postmortems\n",
        "  - postmortems: {folder: incidents, levels: {unknown-pattern: off, undeclared-repeat: off}}\n",
    )
    put(site / "sources/search", "mkdocs.yml", settings)
    done = run_in(site / "sources/search", "postmortems", "check")
    assert (done.returncode, 'no postmortem has the id "payments/2026/01-cards"' in done.stdout) == (1, True)
    put(
        site / "sources/search",
        "mkdocs.yml",
        settings.replace("folder: incidents", "folder: incidents, other_sources: [payments]"),
    )
    done = run_in(site / "sources/search", "postmortems", "check")
    assert (done.returncode, done.stdout) == (0, "1 file, nothing to report\n")


OTHER = told("", "2026-04-02", end=LINKS, pattern="card-network")


def as_repository(site: Path, folder: Path) -> Path:
    """Move a source out of the site's folder, into a repository of its own."""
    (site / "sources/payments").rename(folder)
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "one")
    return folder


def changed_since_main(site: Path, run_in: Run) -> tuple[set[str], str]:
    """The files with findings among those that changed, and what is said beside them."""
    done = run_in(site, "postmortems", "check", "--changed-since", "main", "--format", "json")
    said = [line for line in done.stderr.splitlines() if "not counted, in files unchanged" not in line]
    return {each["path"] for each in json.loads(done.stdout)["diagnostics"]}, "\n".join(said)


def test_in_a_submodule_each_file_counts_that_differs_from_the_recorded_commit(
    site: Path, run_in: Run, tmp_path: Path
) -> None:
    payments, broken = as_repository(site, tmp_path / "payments"), told("", "2026-05-02")
    git(site, "init", "--quiet", "--initial-branch=main")
    git(site, "submodule", "--quiet", "add", str(payments), "sources/payments")
    put(site, REFUNDS, broken)
    git(site / "sources/payments", "commit", "--quiet", "--all", "--message", "two")
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--message", "one")
    git(site, "checkout", "--quiet", "-b", "topic")
    assert changed_since_main(site, run_in) == (set(), "")
    put(site, CARDS, OTHER)
    assert changed_since_main(site, run_in) == ({CARDS}, "")
    git(site / "sources/payments", "commit", "--quiet", "--all", "--message", "three")
    assert changed_since_main(site, run_in) == ({CARDS}, "")
    git(site, "commit", "--quiet", "--all", "--message", "two")
    assert changed_since_main(site, run_in) == ({CARDS}, "")
    put(site, f"{PAYMENTS}/postmortems/2026/03-new/postmortem.md", "")
    assert changed_since_main(site, run_in)[0] >= {CARDS, f"{PAYMENTS}/postmortems/2026/03-new/postmortem.md"}


def test_a_source_counts_whole_where_it_is_new_or_its_recorded_commit_is_not_there(
    site: Path, run_in: Run, tmp_path: Path
) -> None:
    payments = as_repository(site, tmp_path / "payments")
    git(site, "init", "--quiet", "--initial-branch=main")
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--message", "one")
    git(site, "checkout", "--quiet", "-b", "topic")
    put(payments, CARDS.removeprefix("sources/payments/"), OTHER)
    git(payments, "commit", "--quiet", "--all", "--message", "two")
    git(site, "clone", "--quiet", "--depth=1", f"file://{payments}", "sources/payments")
    assert changed_since_main(site, run_in) == ({CARDS}, "")
    git(site, "add", "sources/payments")
    assert changed_since_main(site, run_in) == ({CARDS}, "")
    git(site, "commit", "--quiet", "--all", "--message", "two")
    git(site, "branch", "--force", "main", "topic")
    assert changed_since_main(site, run_in) == (set(), "")
    put(site, REFUNDS, told("", "2026-05-02"))
    git(site / "sources/payments", "commit", "--quiet", "--all", "--message", "three")
    assert changed_since_main(site, run_in) == ({REFUNDS}, "")
    subprocess.run(["rm", "-rf", site / "sources/payments/.git"], check=True)
    git(site / "sources/payments", "init", "--quiet")
    git(site / "sources/payments", "add", "--all")
    git(site / "sources/payments", "commit", "--quiet", "--message", "another")
    assert changed_since_main(site, run_in) == ({CARDS, REFUNDS}, "")


def test_of_a_checkout_that_git_leaves_out_only_uncommitted_edits_count(
    site: Path, run_in: Run, tmp_path: Path
) -> None:
    payments = as_repository(site, tmp_path / "payments")
    put(site, ".gitignore", "/sources/payments/\n")
    git(site, "init", "--quiet", "--initial-branch=main")
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--message", "one")
    git(site, "clone", "--quiet", str(payments), "sources/payments")
    said = (
        "postmortems: --changed-since: git does not record here which commit of payments is used; only uncommitted "
        "changes there count"
    )
    assert changed_since_main(site, run_in) == (set(), said)
    put(site, CARDS, OTHER)
    assert changed_since_main(site, run_in) == ({CARDS}, said)
    git(site / "sources/payments", "commit", "--quiet", "--all", "--message", "two")
    assert changed_since_main(site, run_in) == (set(), said)


def test_changes_of_a_source_in_the_same_repository_are_single_files(site: Path, run_in: Run) -> None:
    git(site, "init", "--quiet", "--initial-branch=main")
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--message", "one")
    for path in (CARDS, INDEX):
        put(site, path, (site / path).read_text("utf-8").replace("severity: SEV2", "severity: P7"))
    git(site, "add", INDEX)
    git(site, "commit", "--quiet", "--message", "two")
    done = run_in(site, "postmortems", "check", "--changed-since", "HEAD", "--format", "json")
    assert {each["path"] for each in json.loads(done.stdout)["diagnostics"]} == {CARDS}


def test_a_pattern_that_a_source_removes_is_missed_where_it_is_named(site: Path, run_in: Run) -> None:
    git(site, "init", "--quiet", "--initial-branch=main")
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--message", "one")
    (site / PAYMENTS / "patterns/database-issues.md").unlink()  # The site itself has one of this name.
    assert changed_since_main(site, run_in) == (set(), "")
    (site / PAYMENTS / "patterns/card-network.md").unlink()
    assert changed_since_main(site, run_in) == ({CARDS}, "")


def test_the_history_is_that_of_the_own_repository(site: Path, run_in: Run, tmp_path: Path) -> None:
    payments = tmp_path / "payments"
    (site / "sources/payments").rename(payments)
    git(payments, "init", "--quiet", "--initial-branch=main")
    git(payments, "add", "--all")
    git(payments, "commit", "--quiet", "--message", "one")
    put(payments, "docs/postmortems/2026/01-cards/postmortem.md", "")
    git(payments, "commit", "--quiet", "--all", "--message", "two")
    git(payments, "revert", "--no-edit", "HEAD")
    git(site, "init", "--quiet", "--initial-branch=main")
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--message", "one")
    git(site, "clone", "--quiet", str(payments), "sources/payments")
    done = run_in(site, "mkdocs", "build", "--verbose")
    assert "git's history is unknown" not in done.stdout + done.stderr
    git(site, "clone", "--quiet", "--depth=1", f"file://{payments}", "again")
    for name in (".git",):
        subprocess.run(["rm", "-rf", site / f"sources/payments/{name}"], check=True)
        (site / "again" / name).rename(site / f"sources/payments/{name}")
    done = run_in(site, "mkdocs", "build", "--verbose")
    assert 'git\'s history is unknown: of the source "payments": this clone has only the latest commits' in done.stderr
    metrics = json.loads(run_in(site, "postmortems", "metrics", "--format", "json").stdout)
    assert {"gap": "in a repository without its history", "count": 2} in metrics["history"]["git"]["review_gaps"]

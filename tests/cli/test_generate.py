"""`postmortems generate`: what it writes, and what it leaves alone."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from markdown import Markdown
from tests.conftest import MKDOCS_YML, POSTMORTEM, POSTMORTEM_PATH, Write
from tests.publish.article import Article, differences

from postmortems.cli.generated_folder import LIST

RunIn = Callable[..., subprocess.CompletedProcess[str]]
EXTENSIONS = ["attr_list", "md_in_html", "toc"]
OUT = "build/pages"
NONE_OF_OURS = "and nothing that `postmortems generate` has written; name a new or an empty folder"
PAGE = "docs/postmortems/2026/01-checkout/index.md"


def generate(run_in: RunIn, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    return run_in(folder, "postmortems", "generate", "--out", OUT, *options)


def files_of(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_page_is_markdown_with_its_front_matter(write: Write, run_in: RunIn) -> None:
    folder = write({"docs/postmortems/2026/01-checkout/artifacts/graph.png": b"\x89PNG"})
    done = generate(run_in, folder)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith(f"postmortems: {OUT}: ")
    made = files_of(folder / OUT)
    text = made[PAGE].decode()
    assert text.startswith("---\ntitle: Checkout times out\n")
    assert "\n## Executive Summary {#executive-summary}\n\nCheckout answered slowly for 25 minutes.\n" in text
    assert '\n<div class="pm pm-doc pm-postmortem" markdown="1">\n' in text
    assert made["docs/postmortems/2026/01-checkout/artifacts/graph.png"] == b"\x89PNG"
    assert {"docs/index.md", "docs/metrics/index.md", "docs/data/postmortems.json", "docs/feed.xml"} <= made.keys()
    assert any(name.startswith("docs/assets/postmortems/pagefind/index/") for name in made)
    assert not any(name.endswith((".html", "csp.txt", "sitemap.xml")) and "agenda" not in name for name in made)
    assert not any(name.startswith("docs/assets/javascripts") for name in made)
    assert sorted(json.loads(made[LIST])) == sorted(made.keys() - {LIST, ".gitignore"})


def test_mkdocs_makes_the_same_site_of_it_without_the_plugin(write: Write, run_in: RunIn) -> None:
    config = (
        MKDOCS_YML
        + "site_url: https://kb.example/kb/\nrepo_url: https://github.com/example/kb\nedit_uri: edit/main/docs/\n"
    )
    odd = POSTMORTEM.replace("title: Checkout times out", "title: 'A <b>\"bold\"</b> & title'").replace(
        "Checkout answered slowly",
        "An *odd* `<text>` with [a link](../../../patterns/database-issues.md#what-helps), {: .x }\nand &copy;, 1*2*3, snake_case",
    )
    folder = write({"mkdocs.yml": config, POSTMORTEM_PATH: odd})
    assert run_in(folder, "mkdocs", "build", "--strict").returncode == 0
    assert generate(run_in, folder, "--strict").returncode == 0
    done = run_in(folder / OUT, "mkdocs", "build", "--strict", "--quiet")
    assert (done.returncode, done.stdout + done.stderr) == (0, "")
    assert differences(folder / "site", folder / OUT / "site") == []


def test_the_configuration_keeps_what_any_builder_can_use(write: Write, run_in: RunIn) -> None:
    config = MKDOCS_YML.replace("- postmortems\n", "- postmortems\n  - tags\n") + (
        "nav:\n  - Start: index.md\n  - Lists: [postmortems/index.md, patterns/index.md]\n  - https://example.com\n"
        "extra: {version: 1}\nextra_css: [own.css]\nnot_in_nav: |\n  /services/\n  /actions/\n  /metrics/\n"
    )
    folder = write(
        {"mkdocs.yml": config, "docs/own.css": "p {}\n", "docs/tags.md": "# Tags\n\n<!-- material/tags -->\n"}
    )
    assert generate(run_in, folder).returncode == 0
    made = yaml.safe_load((folder / OUT / "mkdocs.yml").read_text("utf-8"))
    lists = {"Lists": ["postmortems/index.md", "patterns/index.md"]}
    assert made["nav"] == ["index.md", lists, {"https://example.com": "https://example.com"}]
    assert (folder / OUT / "docs/index.md").read_text("utf-8").startswith("---\ntitle: Start\n")
    assert made["plugins"] == ["search"]
    assert made["extra"] == {"version": 1}
    assert made["extra_css"][-1] == "own.css"
    assert made["theme"] == {"name": "material", "font": False}


def test_a_failed_check_writes_nothing(write: Write, run_in: RunIn) -> None:
    folder = write({POSTMORTEM_PATH: POSTMORTEM.replace("severity: SEV2", "severity: huge")})
    done = generate(run_in, folder)
    assert done.returncode == 1
    said, blank, *findings = done.stderr.splitlines()
    assert (said, blank) == ("postmortems: check failed", "")
    checked = run_in(folder, "postmortems", "check").stdout.splitlines()
    assert any("huge" in line for line in checked)
    assert findings == checked
    assert not (folder / OUT).exists()


def test_settings_that_cannot_be_used_end_it(write: Write, run_in: RunIn) -> None:
    folder = write({"mkdocs.yml": MKDOCS_YML.replace("- postmortems\n", "- postmortems: {nonsense: 1}\n")})
    assert generate(run_in, folder).returncode == 2
    assert not (folder / OUT).exists()


@pytest.mark.parametrize(
    ("out", "said"),
    [
        ("docs", "docs: lies in the docs folder; name a folder outside it"),
        ("docs/made", "docs/made: lies in the docs folder; name a folder outside it"),
        (".", ".: holds the docs folder docs; name a folder of its own"),
        ("mkdocs.yml", "mkdocs.yml: is a file, not a folder; name a folder"),
        ("mkdocs.yml/made", "mkdocs.yml: is a file, not a folder; name a folder"),
        ("linked", "linked: lies in the docs folder; name a folder outside it"),
        ("to-empty", "to-empty: is a link; remove it, or name another folder"),
        ("to-nowhere", "to-nowhere: is a link; remove it, or name another folder"),
        ("to-nowhere/made", "to-nowhere: is a link; remove it, or name another folder"),
        (".git", ".git: lies in a folder of git; name another folder"),
        (".git/made", ".git/made: lies in a folder of git; name another folder"),
        ("to-git/made", "to-git/made: lies in a folder of git; name another folder"),
        ("used", f'used: holds ".hidden", {NONE_OF_OURS}'),
        ("with-folder", f'with-folder: holds "inside", {NONE_OF_OURS}'),
        ("other-list", f'other-list: holds "{LIST}", {NONE_OF_OURS}'),
    ],
)
def test_a_folder_that_cannot_be_that_of_a_site_is_refused(write: Write, run_in: RunIn, out: str, said: str) -> None:
    folder = write(
        {"used/.hidden": "mine\n", "used/x": "mine\n", "with-folder/inside/x": "", f"other-list/{LIST}": "{}"}
    )
    (folder / "empty").mkdir()
    (folder / ".git").mkdir(exist_ok=True)
    for name, target in {"linked": "docs", "to-empty": "empty", "to-nowhere": "nowhere", "to-git": ".git"}.items():
        (folder / name).symlink_to(target, target_is_directory=True)
    before = files_of(folder)
    done = run_in(folder, "postmortems", "generate", "--out", out)
    assert (done.returncode, done.stderr) == (
        2,
        f"postmortems: {said}\n".replace("folder docs;", f"folder {folder / 'docs'};"),
    )
    assert files_of(folder) == before


@pytest.mark.parametrize("foreign", ["mkdocs.yml", "docs/index.md", "docs/own/page.md", "overrides/main.html"])
def test_what_somebody_else_has_written_is_refused_and_stays(write: Write, run_in: RunIn, foreign: str) -> None:
    folder = write({f"{OUT}/{foreign}": "mine\n", f"{OUT}/{LIST}": "[]"})
    done = generate(run_in, folder)
    assert (done.returncode, done.stderr.splitlines()) == (2, [
        f"postmortems: {OUT}/{foreign}: was not written by `postmortems generate`",
        "postmortems: nothing written; name another folder, or move these files",
    ])  # fmt: skip
    assert files_of(folder / OUT) == {foreign: b"mine\n", LIST: b"[]"}


def test_a_link_in_the_folder_is_refused(write: Write, run_in: RunIn) -> None:
    folder = write({"elsewhere/keep.md": "mine\n"})
    (folder / OUT / LIST).parent.mkdir(parents=True)
    (folder / OUT / LIST).write_text("[]", "utf-8")
    (folder / OUT / "docs").symlink_to(folder / "elsewhere", target_is_directory=True)
    done = generate(run_in, folder)
    assert (done.returncode, done.stderr) == (
        2,
        f"postmortems: {OUT}/docs: is a link; remove it, or name another folder\n",
    )
    assert files_of(folder / "elsewhere") == {"keep.md": b"mine\n"}


def test_a_second_run_writes_what_changed_and_removes_what_is_gone(write: Write, run_in: RunIn) -> None:
    folder = write({"docs/old/page.md": "# Old\n"})
    (folder / OUT).mkdir(parents=True)
    assert generate(run_in, folder).returncode == 0
    (folder / OUT / "site").mkdir()
    (folder / OUT / "site/index.html").write_text("built\n", "utf-8")
    (folder / OUT / ".gitignore").write_text("*.map\n", "utf-8")
    assert (folder / OUT / "docs/old/page/index.md").is_file()
    assert "; 0 files written\n" in generate(run_in, folder).stderr
    (folder / "docs/old/page.md").unlink()
    assert " removed\n" in generate(run_in, folder).stderr
    assert not (folder / OUT / "docs/old").exists()
    assert (folder / OUT / "site/index.html").is_file()
    assert (folder / OUT / ".gitignore").read_text("utf-8") == "*.map\n"


def test_a_list_that_names_files_outside_the_folder_removes_nothing(write: Write, run_in: RunIn) -> None:
    names = ["../keep.md", "docs/../../../mkdocs.yml", "/etc/hostname", "site/index.html", ".gitignore", 7]
    folder = write({f"{OUT}/{LIST}": json.dumps(names), "build/keep.md": "mine\n", f"{OUT}/site/index.html": "built\n"})
    assert generate(run_in, folder).returncode == 0
    assert (folder / "build/keep.md").is_file()
    assert (folder / OUT / "site/index.html").is_file()
    assert (folder / "mkdocs.yml").is_file()


def test_nothing_of_an_author_gets_past_the_allow_list(write: Write, run_in: RunIn) -> None:
    evil = POSTMORTEM.replace(
        "Checkout answered slowly",
        "<img src=//x.example/p onerror=alert(1)> `</div>` <div markdown=1 onclick=alert(2)>x</div> [x](javascript:alert(3)){: onclick=alert(4) } slowly",
    )
    levels = "- postmortems: {levels: {active-html: info, outside-resource: info}}\n"
    folder = write({POSTMORTEM_PATH: evil, "mkdocs.yml": MKDOCS_YML.replace("- postmortems\n", levels)})
    assert generate(run_in, folder).returncode == 0
    text = (folder / OUT / PAGE).read_text("utf-8")
    body = text.partition("\n---\n")[2]
    assert "slowly" in body
    page = Article(f'<article class="md-content__inner">{Markdown(extensions=EXTENSIONS).convert(body)}', "index.html")
    assert not any(link.startswith("javascript") for link in page.links)
    assert not any(" on" in element for element in page.elements)
    assert not page.pictures


BUILDER = """\
#!/bin/sh
echo "$@"
test -f "$3" || exit 7
exit ${CODE:-0}
"""


def with_builder(folder: Path) -> dict[str, str]:
    """A program in the place of Zensical, and the environment in which it is found."""
    program = folder / "bin" / "zensical"
    program.parent.mkdir()
    program.write_text(BUILDER, "utf-8")
    program.chmod(0o755)
    return {"PATH": f"{program.parent}:/usr/bin:/bin"}


def test_build_generates_and_starts_the_builder(write: Write, run_in: RunIn) -> None:
    folder = write({})
    done = run_in(folder, "postmortems", "build", "--with", "zensical", "--strict", **with_builder(folder))
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1].endswith("build/zensical/site: the site")
    assert f"build --config-file {folder}/build/zensical/mkdocs.yml --strict" in done.stdout
    assert (folder / "build/zensical" / PAGE).is_file()


def test_build_starts_no_builder_if_the_check_fails(write: Write, run_in: RunIn) -> None:
    folder = write({POSTMORTEM_PATH: POSTMORTEM.replace("severity: SEV2", "severity: huge")})
    done = run_in(folder, "postmortems", "build", "--with", "zensical", **with_builder(folder))
    assert (done.returncode, done.stdout) == (1, "")
    assert not (folder / "build").exists()


def test_build_says_how_the_builder_ended(write: Write, run_in: RunIn) -> None:
    folder = write({})
    done = run_in(folder, "postmortems", "build", "--with", "zensical", CODE="3", **with_builder(folder))
    assert done.returncode == 1
    assert done.stderr.endswith("postmortems: zensical ended with code 3; the site is not complete\n")


@pytest.mark.parametrize("verb", ["build", "serve"])
def test_a_builder_that_is_not_installed_is_said_before_anything_is_written(
    write: Write, run_in: RunIn, verb: str
) -> None:
    folder = write({})
    done = run_in(folder, "postmortems", verb, "--with", "zensical", PATH="/nowhere")
    assert done.returncode == 2
    assert (
        done.stderr == "postmortems: zensical is not installed: run `pip install zensical`, then this command again\n"
    )
    assert not (folder / "build").exists()


@pytest.mark.parametrize("verb", ["build", "serve"])
def test_without_the_name_of_a_builder_the_error_is_one_line(write: Write, run_in: RunIn, verb: str) -> None:
    done = run_in(write({}), "postmortems", verb)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == "Error: Missing option '--with'. Choose from: zensical"


def test_serve_shows_what_is_wrong_and_ends_with_the_builder(write: Write, run_in: RunIn) -> None:
    folder = write({POSTMORTEM_PATH: POSTMORTEM.replace("severity: SEV2", "severity: huge")})
    done = run_in(
        folder,
        "postmortems",
        "serve",
        "--with",
        "zensical",
        "--dev-addr",
        "localhost:1",
        CODE="3",
        **with_builder(folder),
    )
    assert done.returncode == 2
    assert f"serve --config-file {folder}/build/zensical/mkdocs.yml --dev-addr localhost:1" in done.stdout
    assert "huge" in (folder / "build/zensical" / PAGE).read_text("utf-8")

"""What a build leaves out of pages whatever the levels say, and what it says of it."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from html import unescape
from pathlib import Path
from types import SimpleNamespace

import material
import pytest
from markupsafe import escape
from mkdocs.structure.toc import AnchorLink, TableOfContents

from postmortems.publish.titles import Titles

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[[dict[str, str | bytes]], Path]

LEVELS = "{levels: {PM705: off, PM007: off, PM707: off}}"
CONFIG = "site_name: x\ntheme: {{name: material, font: false, features: {features}}}\nplugins: [search, {{postmortems: {settings}}}]\n"
ATTACK = "<img src=x onerror=alert(1)>"


def config(settings: str = LEVELS, features: str = "[]", more: str = "") -> str:
    return CONFIG.format(settings=settings, features=features) + more


def test_what_levels_and_a_baseline_hide_is_left_out_all_the_same(
    write: Write, run_in: Run, sound: dict[str, str]
) -> None:
    texts = {"docs/index.md": f"# Home\n\n{ATTACK}\n", "docs/patterns/database-issues.md": f"{PATTERN}{ATTACK}\n"}
    folder = write({"mkdocs.yml": config(), sound["path"]: f"{sound['postmortem']}\n{ATTACK}\n", **texts})
    assert run_in(folder, "mkdocs", "build", "-q").returncode == 0
    for page in ("index.html", "patterns/database-issues/index.html", "postmortems/2026/01-checkout/index.html"):
        html = (folder / "site" / page).read_text("utf-8")
        assert "onerror" not in html
        assert '<img src="x" alt="">' in html
    (folder / "mkdocs.yml").write_text(config("{baseline: known.json}"), "utf-8")
    assert run_in(folder, "postmortems", "check", "--baseline", "known.json", "--write-baseline").returncode == 0
    assert run_in(folder, "mkdocs", "build", "-q").returncode == 0
    assert "onerror" not in (folder / "site/postmortems/2026/01-checkout/index.html").read_text("utf-8")


PATTERN = "---\ntitle: Database issues\nfamily: database\n---\n\n## What It Looks Like\n\nSlow.\n\n"


STUMBLES = (
    "template: nope.html", "template: 5", "hide: 5", "search: 7", "tags: 5", "icon: material/nope", "description: {a: b}",
)  # fmt: skip


def test_a_value_that_the_theme_would_stumble_over_is_an_error_and_never_reaches_it(
    write: Write, run_in: Run, sound: dict[str, str]
) -> None:
    texts = {"docs/notes-title.md": ("title: [a]", "---\n---\nx\n")}
    for number, front in enumerate(STUMBLES):
        texts[f"docs/notes-{number}.md"] = (front, "---\n---\nx\n")
        texts[f"docs/postmortems/2026/{number:02}-x/postmortem.md"] = (front, sound["postmortem"])
    files = {path: text.replace("---\n", f"---\n{front}\n", 1) for path, (front, text) in texts.items()}
    folder = write({"mkdocs.yml": config("{}"), "site/index.html": "old", **files})
    checked = run_in(folder, "postmortems", "check")
    assert checked.returncode == 1
    refused = run_in(folder, "mkdocs", "build", "-q")
    assert (refused.returncode, "Traceback" in refused.stderr) == (1, False)
    assert (folder / "site/index.html").read_text("utf-8") == "old"
    (folder / "mkdocs.yml").write_text(config(), "utf-8")
    built = run_in(folder, "mkdocs", "build")
    assert built.returncode == 0, built.stderr
    for path, (front, _) in texts.items():
        key = front.partition(":")[0]
        said = rf'{re.escape(path)}:\d+(?::\d+)? PM007 invalid-value \[error\]\n  "{key}" '
        assert re.search(said, refused.stderr), path
        place = path.removeprefix("docs/")
        left_out = [line for line in built.stderr.splitlines() if place in line and f'"{key}" ' in line]
        assert "so it is left out" in "".join(left_out), path


TITLES = {
    "docs/front.md": f"---\ntitle: '</title><script>alert(1)</script> {ATTACK}'\ntags: ['{ATTACK}']\nauthor: '\"{ATTACK}'\n---\nx\n",
    "docs/heading.md": f'# A `{ATTACK}`\n\n## B `{ATTACK}` {{: #b"c }}\n\nx\n',
    f"docs/{ATTACK}/sec{ATTACK}.md": "x\n",
    'docs/a"onmouseover="alert(1).md': "x\n",
    "docs/label.md": f"# A {{: data-toc-label='{ATTACK}' }}\n",
}


@pytest.mark.parametrize("features", ["[]", "[content.tooltips, navigation.tabs, navigation.footer]"])
def test_titles_tags_and_names_of_files_are_text_on_every_page(features: str, write: Write, run_in: Run) -> None:
    more = "repo_url: https://example.org/r\nedit_uri: edit/\nmarkdown_extensions: [attr_list, toc]\n"
    folder = write({"mkdocs.yml": config(features=features, more=more), **TITLES})
    built = run_in(folder, "mkdocs", "build", "-q")
    assert built.returncode == 0, built.stderr
    for path in (folder / "site").rglob("*.html"):
        html = path.read_text("utf-8")
        tags = re.sub(r'"[^"]*"', '""', " ".join(re.findall(r"<[a-zA-Z][^<>]*>", html)))
        assert not re.search(r"\son\w+=|onerror|<script>alert", tags), path
        assert html.partition("<body")[0].count("</title>") == 1
        # An agenda is outside the theme's frame.
        if "tooltips" in features and path.name != "agenda.html":
            # A script unescapes these titles once more, and takes them for HTML.
            names = "".join(re.findall(r'(?s)<span class="md-ellipsis">(.*?)</span>|title="([^"]*)"', html)[0])
            assert "&lt;img" not in names
    index = json.loads((folder / "site/search/search_index.json").read_text("utf-8"))
    assert "<img" not in json.dumps([(one["title"], one.get("tags")) for one in index["docs"]])


def test_headings_of_generated_pages_stay_text_where_tooltips_unescape_them() -> None:
    """An owner's name is a heading of the services page."""
    heading = AnchorLink(str(escape(ATTACK)), "owner", 2)
    page = SimpleNamespace(toc=TableOfContents([heading]))
    for _ in range(2):
        Titles(tooltips=True).make_headings_safe(page)  # type: ignore[arg-type]
        assert "<img" not in unescape(heading.title)
    plain = AnchorLink("R&amp;D", "owner", 2)
    Titles().make_headings_safe(SimpleNamespace(toc=TableOfContents([plain])))  # type: ignore[arg-type]
    assert plain.title == "R&amp;D"


def test_a_build_says_what_a_check_has_not_found(write: Write, run_in: Run) -> None:
    hook = "def on_page_markdown(markdown, page, config, files):\n    return markdown + '\\n\\n<b onclick=x()>made by a hook</b>\\n'\n"
    folder = write({"mkdocs.yml": config("{}", more="hooks: [hook.py]\n"), "hook.py": hook, "docs/notes.md": "# x\n"})
    built = run_in(folder, "mkdocs", "build")
    assert built.returncode == 0, built.stderr
    assert 'notes.md: the page leaves out "<b onclick=x()>", which the check did not find' in built.stderr
    assert "onclick" not in (folder / "site/notes/index.html").read_text("utf-8")


def test_a_plugin_that_comes_first_changes_nothing(write: Write, run_in: Run) -> None:
    hook = (
        "from mkdocs.plugins import event_priority\n"
        "@event_priority(1_000_000)\n"
        "def on_page_content(html, page, config, files):\n    return html + '<img src=x onerror=alert(1)>'\n"
    )
    folder = write({"mkdocs.yml": config("{}", more="hooks: [hook.py]\n"), "hook.py": hook})
    assert run_in(folder, "mkdocs", "build", "-q").returncode == 0
    assert "onerror" not in (folder / "site/postmortems/2026/01-checkout/index.html").read_text("utf-8")


def test_active_html_that_is_asked_for_is_kept(write: Write, run_in: Run) -> None:
    text = "# x\n\n<button onclick='go()'>Go</button> ![a](https://example.org/a.png)\n"
    folder = write({"mkdocs.yml": config("{active_html: true}"), "docs/notes.md": text})
    done = run_in(folder, "mkdocs", "build", "-q", "--strict")
    assert done.returncode == 0, done.stderr
    html = (folder / "site/notes/index.html").read_text("utf-8")
    assert "onclick='go()'" in html
    assert 'src="https://example.org/a.png"' in html


def test_what_a_browser_would_run_is_no_part_of_the_site(write: Write, run_in: Run, sound: dict[str, str]) -> None:
    beside = f"{sound['path'].rpartition('/')[0]}/artifacts"
    svg = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'
    folder = write({
        "mkdocs.yml": config(),
        f"{beside}/a.html": "<script>alert(1)</script>",
        f"{beside}/a.js": "alert(1)",
        f"{beside}/bad.svg": svg.format("<script>alert(1)</script>"),
        f"{beside}/good.svg": svg.format('<path d="M0 0"/>'),
        f"{beside}/a.log": "x",
    })  # fmt: skip
    assert run_in(folder, "mkdocs", "build", "-q").returncode == 0
    published = {path.name for path in (folder / "site/postmortems/2026/01-checkout/artifacts").iterdir()}
    assert published == {"good.svg", "a.log"}


def test_a_file_of_an_author_never_takes_the_place_of_a_script_of_the_site(write: Write, run_in: Run) -> None:
    theme = Path(material.__file__).parent / "templates"
    (bundle,) = (path.relative_to(theme).as_posix() for path in theme.glob("assets/javascripts/bundle.*.min.js"))
    texts = {"docs/assets/postmortems/index.js": "alert(1)", f"docs/{bundle}": "alert(1)"}
    folder = write({"mkdocs.yml": config("{}"), **texts, "docs/assets/javascripts/own.js": "own()"})
    done = run_in(folder, "postmortems", "check")
    assert (done.returncode, done.stdout.count(" PM707 active-artifact [error]")) == (1, 3)
    (folder / "mkdocs.yml").write_text(config(more="extra_javascript: [assets/javascripts/own.js]\n"), "utf-8")
    built = run_in(folder, "mkdocs", "build", "-q")
    assert built.returncode == 0, built.stderr
    assert (folder / "site" / bundle).read_bytes() == (theme / bundle).read_bytes()
    assert "alert(1)" not in (folder / "site/assets/postmortems/index.js").read_text("utf-8")
    assert (folder / "site/assets/javascripts/own.js").read_text("utf-8") == "own()"


def test_front_matter_that_multiplies_costs_no_site(write: Write, run_in: Run, sound: dict[str, str]) -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"b{n}: &b{n} [{','.join([f'*b{n - 1}' if n else '*a'] * 9)}]\n" for n in range(9)
    )
    levels = "{levels: {PM708: off, PM002: off, PM003: off, PM004: off, PM005: off, PM006: off, PM007: off}}"
    texts = {"docs/notes.md": f"---\n{bomb}tags: *b8\n---\nx\n", "site/index.html": "old"}
    folder = write({"mkdocs.yml": config(levels), **texts})
    done = run_in(folder, "mkdocs", "build", "-q")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert (folder / "site/index.html").read_text("utf-8") == "old"
    (folder / "docs/notes.md").unlink()
    (folder / sound["path"]).write_text(sound["postmortem"].replace("---\n", f"---\n{bomb}tags: *b8\n", 1), "utf-8")
    done = run_in(folder, "mkdocs", "build", "-q")
    assert "Traceback" not in done.stderr


HIDDEN = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028-\\u202e\\u2066-\\u2069]")
RAW = "\x1b[31m\u202e\x85\x02"
YAML = r"\e[31m\u202e\u2028\x85\x07"


def test_controls_in_texts_are_signs_on_every_page_and_in_generated_markdown(
    write: Write, run_in: Run, sound: dict[str, str]
) -> None:
    front = f'title: "Slow {YAML}"\ndescription: "d {YAML}"\nservices: ["s {YAML}"]\nowner: "o {YAML}"\ntags: ["t {YAML}"]\n'
    prose = f'Told {RAW} `code {RAW}` &#27; [link](x%1B.csv "{RAW}")\n\n```\nlog {RAW}\n```\n\n### Head {RAW}\n'
    text = re.sub(r"(?m)^(?:title|services|owner): .*\n", "", sound["postmortem"]).replace("---\n", f"---\n{front}", 1)
    for before, after in (
        ("## Executive Summary\n", f"## Executive Summary\n\n{prose}"),
        ("Alert on response time", f"Alert {RAW}"),
        ("Test the error path", f"Test {RAW}"),
    ):
        assert before in text
        text = text.replace(before, after)
    settings = f'{{levels: {{PM705: off, PM701: off}}, severities: {{SEV1: "worst {YAML}", SEV2: b}}}}'
    files = {
        "docs/patterns/database-issues.md": PATTERN.replace("Database issues", f'"Database {YAML}"') + f"P {RAW}\n",
        "docs/notes.md": f'---\ntitle: "Notes {YAML}"\nauthor: "a {YAML}"\n---\n\n## Sub {RAW}\n',
        "docs/postmortems/register.yml": f'- id: INC-1\n  severity: SEV2\n  resolved_at: unknown\n  title: "r {YAML}"\n  waived: "w {YAML}"\n',
    }
    folder = write({"mkdocs.yml": config(settings), sound["path"]: text, **files})
    for command in (("mkdocs", "build", "-q"), ("postmortems", "generate", "--out", "pages")):
        done = run_in(folder, *command)
        assert done.returncode == 0, done.stderr
    pages = [*folder.glob("site/**/*.html"), *folder.glob("pages/**/*.md"), *folder.glob("*/**/llms.txt")]
    assert {path.name for path in pages} == {"404.html", "agenda.html", "index.html", "index.md", "llms.txt"}
    assert not {str(path): found for path in pages if (found := HIDDEN.findall(path.read_text("utf-8")))}
    html = (folder / "site/postmortems/2026/01-checkout/index.html").read_text("utf-8")
    for shown in (
        "<title>Slow \\x1b[31m\\u202e\\u2028\\x85\\x07",
        "Told \\x1b[31m\\u202e",
        "log \\x1b",
        "Alert \\x1b",
        "Test \\x1b",
    ):
        assert shown in html
    assert 'href="x%1B.csv"' in html

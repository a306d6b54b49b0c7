"""What others see of a page is whole: plugins, layouts of an author's own, a team's block. Search sees the words."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
Write = Callable[[dict[str, str | bytes]], Path]

CONFIG = "site_name: x\ntheme: {name: material, font: false, custom_dir: ours}\nplugins: [search, postmortems]\n"
HOOK = """\
import json, pathlib
from mkdocs.plugins import event_priority
seen = {}
def on_page_markdown(markdown, page, config, files):
    seen[page.file.src_uri] = {"markdown": markdown}
@event_priority(100)
def on_page_content(html, page, config, files):
    seen[page.file.src_uri] |= {"content": html, "afterwards": page.markdown, "title": page.title}
def on_page_context(context, page, config, nav):
    seen[page.file.src_uri]["context"] = page.content
def on_post_build(config):
    pathlib.Path(config.site_dir, "seen.json").write_text(json.dumps(seen))
"""
PAGE = "postmortems/2026/01-checkout/postmortem.md"


def build(write: Write, run_in: Run, files: dict[str, str | bytes]) -> Path:
    folder = write({"mkdocs.yml": f"{CONFIG}hooks: [hook.py]\n", "hook.py": HOOK, "ours/x.html": "", **files})
    done = run_in(folder, "mkdocs", "build", "-q", "--strict")
    assert done.returncode == 0, done.stderr
    return folder / "site"


def test_other_plugins_see_times_states_and_the_card(write: Write, run_in: Run, sound: dict[str, str]) -> None:
    seen = json.loads((build(write, run_in, {}) / "seen.json").read_text("utf-8"))[PAGE]
    for stage in ("content", "context"):
        for part in ('class="pm-moments"', "<time", 'class="pm-ev__el"', 'class="pm-state"'):
            assert part in seen[stage], (stage, part)
        assert "postmortems-" not in seen[stage].replace("/postmortems-", "")
    body = sound["postmortem"].split("---\n", 2)[2].strip()
    assert seen["afterwards"].strip() == body
    assert [line for line in seen["markdown"].split("\n") if line and "<!-- " not in line] == [
        line for line in body.split("\n") if line
    ]


def test_search_reads_the_authors_words_alone(write: Write, run_in: Run) -> None:
    hook = "def on_page_content(html, **values):\n    return html + '<p data-search-exclude=\"1\">Not for the search</p>'\n"
    site = build(write, run_in, {"hook.py": hook})
    entries = json.loads((site / "search/search_index.json").read_text("utf-8"))["docs"]
    texts = " ".join(one["text"] for one in entries if one["location"].startswith("postmortems/2026/01-checkout/"))
    assert "Detected after" not in texts
    assert "pool" in texts
    # The search takes its own attributes out of the page, which it is not shown otherwise.
    html = (site / "postmortems/2026/01-checkout/index.html").read_text("utf-8")
    assert "<p>Not for the search</p>" in html
    assert 'class="pm-ev__el"' in html


LAYOUT = "<title>{{ page.title }}</title><article>{{ page.content }}</article>"


def test_a_layout_of_the_authors_own_shows_the_page_whole(write: Write, run_in: Run, sound: dict[str, str]) -> None:
    text = sound["postmortem"].replace("---\n", "---\ntemplate: plain.html\n", 1)
    site = build(write, run_in, {"ours/plain.html": LAYOUT, sound["path"]: text})
    html = (site / "postmortems/2026/01-checkout/index.html").read_text("utf-8")
    assert html.startswith("<title>Checkout times out</title><article>")
    assert html.count('class="pm-ev__el"') > 2
    assert 'class="pm-state"' in html


@pytest.mark.parametrize("page", ["postmortems/2026/01-checkout", "patterns/database-issues", "metrics", "guide/rules"])
def test_a_teams_own_block_is_kept(page: str, write: Write, run_in: Run) -> None:
    block = (
        '{% extends "base.html" %}{% block content %}<p id="top">Internal.</p>{{ super() }}<p id="end">Ours.</p>'
        "{% endblock %}"
    )
    html = (build(write, run_in, {"ours/main.html": block}) / page / "index.html").read_text("utf-8")
    assert html.index('<p id="top">') < html.index("<h1") < html.index('<p id="end">')

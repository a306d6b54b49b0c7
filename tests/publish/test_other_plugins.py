"""Builds by increments beside other plugins and hooks: what each sees decides what is kept, and all see the same."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from mkdocs.config import load_config
from tests.publish.knowledge_base import FILES, FIRST
from tests.publish.random_changes import edited
from tests.publish.twins import MKDOCS_YML, Step, Twins, steps

from postmortems.publish import other_plugins

ASKED = ("has_others", "others_follow_texts", "others_see_pages", "others_see_folder", "others_see_output")
ANY = ("has_others", "others_follow_texts")
OF_PAGES = (*ANY, "others_see_pages")
OF_WRITING = (*OF_PAGES, "others_see_folder")
SEEN = {
    "- search": (),
    "- material/meta": ("has_others", "others_see_pages"),
    "- search\n  - material/tags": OF_PAGES,
    "- material/offline": ANY,
    "on_config": ANY,
    "on_files": ANY,
    "on_nav": ANY,
    "on_post_build": ANY,
    "on_pre_page": OF_PAGES,
    "on_page_read_source": OF_PAGES,
    "on_page_markdown": OF_PAGES,
    "on_page_content": OF_PAGES,
    "on_env": OF_PAGES,
    "on_page_context": OF_WRITING,
    "on_template_context": OF_WRITING,
    "on_post_template": OF_WRITING,
    "on_post_page": (*OF_WRITING, "others_see_output"),
}


@pytest.mark.parametrize(("other", "seen"), SEEN.items(), ids=[name.strip("- ").split()[-1] for name in SEEN])
def test_what_another_plugin_or_hook_sees(other: str, seen: tuple[str, ...], tmp_path: Path) -> None:
    config = MKDOCS_YML.replace("INCREMENTAL", "true").replace("OPTIONS", "")
    if other.startswith("on_"):
        config += "hooks: [hook.py]\n"
        (tmp_path / "hook.py").write_text(f"def {other}(*args, **named):\n    return None\n", "utf-8")
    else:
        config = config.replace("- search", other)
    (tmp_path / "docs").mkdir()
    (tmp_path / "mkdocs.yml").write_text(config, "utf-8")
    found = load_config(str(tmp_path / "mkdocs.yml"))
    assert tuple(name for name in ASKED if getattr(other_plugins, name)(found)) == seen


LOOKING = '''\
"""Looks at the site's folder, and at all pages once they are written."""
import logging
from pathlib import Path

log = logging.getLogger("mkdocs.plugins.looking")
pages = []


def seen(config):
    site = Path(config.site_dir)
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())


def on_files(files, config):
    global pages
    pages = files


def on_nav(nav, config, files):
    log.warning("before: %s", [path for path in seen(config) if not path.startswith(".")])


def on_post_build(config):
    log.warning("after: %s", seen(config))
    site, told = Path(config.site_dir), [file.page for file in pages.documentation_pages()]
    told = [(page.url, page.title, page.meta, page.markdown, page.content, page.toc) for page in told]
    (site / "told.txt").write_text("\\n".join(str(part) for page in told for part in page if "guide/" not in page[0]))
    with open(site / "runbook/index.html", "a") as page:
        page.write("<!-- seen -->")
'''

CHANGING = '''\
"""Changes pages between reading and writing, by what all pages are."""


def on_env(env, config, files):
    pages = [file.page for file in files.documentation_pages()]
    for page in pages:
        page.content += f"<p>Of {len(pages)} pages, with {sum(len(page.content) for page in pages)} characters.</p>"
        page.toc.items[:] = page.toc.items[: len(pages) % 3]
'''

EARLY = '''\
"""Writes into the site's folder before any page is there."""
from pathlib import Path


def on_page_markdown(markdown, page, config, files):
    path = Path(config.site_dir, "postmortems", "early.txt")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page.file.src_uri)
'''

REMOVING = '''\
"""Removes the site's folder with all that is in it."""
import shutil


def on_nav(nav, config, files):
    shutil.rmtree(config.site_dir)
'''

OUTPUT = '''\
"""Sees each page that is written, and says at the end how much that was."""
import logging

log = logging.getLogger("mkdocs.plugins.output")
lengths = []


def on_post_page(output, page, config):
    lengths.append(len(output))
    return output.replace("</body>", "<!-- seen --></body>") if "runbook" in page.url else output


def on_post_build(config):
    log.warning("%s pages of %s characters", len(lengths), sum(lengths))
'''


def hook(text: str) -> dict[str, str]:
    """The hook as the plugin of its name in the place of the one before."""
    return {"hook.py": text}


LAST = "from mkdocs.plugins import event_priority\n\n@event_priority(-100000)\n"
GIVEN = "def on_files(files, config):\n    files.get_file_from_path('metrics/index.md').content_string = 'Hello {}'\n"
NAV = """\
from mkdocs.structure.nav import Navigation

def on_page_context(context, page, config, nav):
    context['nav'] = Navigation(nav.items[:{}], nav.pages)
"""
CONFIG = "def on_page_context(context, page, config, nav):\n    context['config'] = dict(config, site_name='{}')\n"
FILTER = """\
def on_env(env, config, files):
    env.filters['url'] = lambda url, *more: '/{}'
"""
RENDER = """\
from mkdocs.structure.pages import Page

render = Page.render

def on_nav(nav, config, files):
    def other(page, *given):
        render(page, *given)
        page.content += '<p>{}</p>'
    Page.render = other
"""
LEFT_OUT = (
    LAST
    + """\
def on_env(env, config, files):
    for name in ('runbook.md', {}):
        files.remove(files.get_file_from_path(name))
"""
)
COPIES = """\
import copy
from pathlib import Path

pages = []

def on_nav(nav, config, files):
    pages[:] = [file for file in files.documentation_pages() if not file.src_uri.startswith('guide/')]

def on_post_build(config):
    found = []
    for file in pages:
        page = copy.copy(file.page)
        page.title, file.page.title = '', 'Given'
        found += [page.content, page.markdown, file.page.title, str(file.page.toc)]
        file.page.content = 'given'
        found += [file.page.markdown, file.page.content]
    Path(config.site_dir, 'copies.txt').write_text('\\n'.join(map(str, found)))
"""
AHEAD = """\
import os
from pathlib import Path

def on_post_build(config):
    for path in Path(config.site_dir).rglob('*.html'):
        os.utime(path, (4e9, 4e9))
"""
OLD = """\
import os
from pathlib import Path

def on_files(files, config):
    path = Path(config.site_dir, 'x/blank/index.html')
    path.parent.mkdir(parents=True)
    path.write_text('mine')
    os.utime(path, (1e9, 1e9))
"""
WRITTEN = """\
from pathlib import Path

from mkdocs.plugins import BasePlugin


class Late(BasePlugin):
    def on_post_page(self, output, page, config):
        path = Path(config.site_dir, 'postmortems/index.html')
        return output + f'<!-- {path.exists()} -->'


def on_files(files, config):
    config.plugins['late'] = Late()
"""

BLANK = {"docs/x/blank.md": "---\ntemplate: blank.html\n---\n", "docs/x/blank/index.md": "# Seen\n",
         "over/blank.html": "{{ page.title }}"}  # fmt: skip

CHANGES = (
    *((f"{name} {more}", hook(text.replace("{}", more)))
      for name, text, several in (("given", GIVEN, ("one", "two")), ("navigation", NAV, ("2", "3")),
                                  ("settings", CONFIG, ("one", "two")), ("filter", FILTER, ("one", "two")),
                                  ("render", RENDER, ("one", "two")), ("left out", LEFT_OUT, ("", "'index.md'")),
                                  ("copies", COPIES, ("", "")), ("written", WRITTEN, ("", "")))
      for more in several),
    ("two pages of one place, the hook's file before", {**BLANK, **hook(OLD)}),
    ("one of them blank", {"over/blank.html": "\n"}),
    ("again", {}),
    ("times of tomorrow", {"docs/x/blank/index.md": None, "over/blank.html": "{{ page.title }}", **hook(AHEAD)}),
    ("a page that becomes blank", {"over/blank.html": "\n"}),
)  # fmt: skip


@pytest.mark.large
def test_what_hooks_change_is_seen(tmp_path: Path) -> None:
    config = MKDOCS_YML.replace("  font: false", "  font: false\n  custom_dir: over") + "hooks: [hook.py]\n"
    twins = Twins(tmp_path, {**FILES, **hook(""), "over/blank.html": "", "mkdocs.yml": config})
    assert twins.build() == []
    assert steps(twins, CHANGES) == []


@pytest.mark.large
def test_a_hook_in_a_file_of_our_name(tmp_path: Path) -> None:
    text = "def on_page_markdown(markdown, page, config, files):\n    return markdown + '\\n\\n{}\\n'\n"
    config = MKDOCS_YML + "hooks: [postmortems.py]\n"
    twins = Twins(tmp_path, {**FILES, "postmortems.py": text.format("One."), "mkdocs.yml": config})
    assert twins.build() == []
    assert steps(twins, [("another text", {"postmortems.py": text.format("Two.")})]) == []


HOOKS: Sequence[Step] = (
    ("one that looks on", {"hook.py": LOOKING, "mkdocs.yml": MKDOCS_YML + "hooks: [hook.py]\n"}),
    ("nothing", {}),
    ("an edit", edited(FIRST, "Connections leaked", "Sockets leaked")),
    ("a page is gone", {"docs/other": None}),
    ("one that writes early", {"hook.py": EARLY}),
    ("nothing again", {}),
    ("one that removes the folder", {"hook.py": REMOVING}),
    ("one that changes pages", {"hook.py": CHANGING}),
    ("an edit that it shows everywhere", edited(FIRST, "Sockets leaked", "Many sockets leaked")),
    ("a page more", {"docs/more.md": "# More\n"}),
    ("one that sees the output", {"hook.py": OUTPUT}),
    ("still nothing", {}),
    ("no hook", {"mkdocs.yml": MKDOCS_YML}),
)


@pytest.mark.large
def test_hooks_see_the_same_and_leave_the_same(tmp_path: Path) -> None:
    twins = Twins(tmp_path, FILES)
    assert twins.build() == []
    assert steps(twins, HOOKS) == []


@pytest.mark.large
def test_what_stands_there_stays_beside_plugins_that_do_not_see_it(tmp_path: Path) -> None:
    twins = Twins(tmp_path, {**FILES, "hook.py": LOOKING, "mkdocs.yml": MKDOCS_YML + "hooks: [hook.py]\n"})
    assert twins.build() == []
    kept = [twins.kept / "site" / name for name in ("postmortems/2026/01-checkout/index.html", "metrics/index.html")]
    before = [path.stat().st_mtime_ns for path in kept]
    assert twins.build() == []
    assert [path.stat().st_mtime_ns for path in kept] == before

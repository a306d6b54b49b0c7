"""Builds by increments after other settings, another theme, other plugins and hooks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from tests.publish.knowledge_base import FILES
from tests.publish.twins import MKDOCS_YML, Change, Step, Twins, steps


def with_options(text: str) -> Change:
    return {"mkdocs.yml": MKDOCS_YML.replace("OPTIONS", text)}


def with_lines(*lines: str, old: str = "", new: str = "") -> Change:
    return {"mkdocs.yml": MKDOCS_YML.replace(old, new) + "".join(f"{line}\n" for line in lines)}


HOOK = """\
def on_page_markdown(markdown, *, page, config, files):
    return markdown.replace("Stay calm", "Stay very calm")
"""
CONTEXT_HOOK = """\
def on_page_context(context, *, page, config, nav):
    context["said"] = page.title + "%s"
    return context
"""
FILTER_HOOK = """\
import itertools
count = itertools.count(%d)
def on_env(env, *, config, files):
    env.filters["shout"] = lambda text: text.upper() + str(next(count))
    return env
"""
OVERRIDE = '{% extends "base.html" %}{% block announce %}<b>WORDS</b>{% endblock %}\n'
CUSTOM = ("  font: false\n", "  font: false\n  custom_dir: overrides\n")


def override(words: str) -> Change:
    return {
        "overrides/main.html": OVERRIDE.replace("WORDS", words),
        "mkdocs.yml": MKDOCS_YML.replace(*CUSTOM) + "hooks: [hook.py]\n",
        "hook.py": HOOK,
    }


SETTINGS: Sequence[Step] = (
    ("sample", with_options(", corpus: sample")),
    ("targets", with_options(", detection_targets: {SEV2: 1m}")),
    ("two settings", with_options(", corpus: sample, severities: [SEV1, SEV2]")),
    ("site name", with_lines(old="Knowledge base", new="Other name")),
    ("site url", with_lines("site_url: https://example.org/x/")),
    ("repository", with_lines("repo_url: https://github.com/a/b", "edit_uri: edit/main/docs/")),
    ("no directory urls", with_lines("use_directory_urls: false")),
    ("nav", with_lines("nav: [{Start: index.md}, {Do: [runbook.md, other/deep/page.md]}]")),
    ("nav in another order", with_lines("nav: [{Do: [other/deep/page.md, {Run: runbook.md}]}, {Start: index.md}]")),
    ("extension", with_lines(old="footnotes]", new="footnotes, toc, def_list]")),
    ("extension's settings", with_lines(old="footnotes]", new="footnotes, {toc: {permalink: true}}]")),
    ("extra", with_lines("extra: {generator: false}")),
    ("features", with_lines(old="  font: false\n", new="  font: false\n  features: [navigation.tabs, content.tooltips]\n")),
    ("left out", with_lines("exclude_docs: other/")),
    ("search off", with_lines(old="  - search\n", new="")),
    ("search settings", with_lines(old="  - search\n", new="  - search: {separator: '[-]'}\n")),
    ("tags", with_lines(old="  - search\n", new="  - search\n  - tags\n")),
    ("as in the beginning", with_lines()),
)  # fmt: skip

THEME: Sequence[Step] = (
    ("override", override("one")),
    ("override changed", override("two")),
    ("hook changed", {"hook.py": HOOK.replace("very", "quite")}),
    ("context", {"hook.py": CONTEXT_HOOK % "!", "overrides/main.html": OVERRIDE.replace("WORDS", "{{ said }}")}),
    ("context changed", {"hook.py": CONTEXT_HOOK % "?"}),
    ("filter", {"hook.py": FILTER_HOOK % 1, "overrides/main.html": OVERRIDE.replace("WORDS", "{{ config.site_name | shout }}")}),
    ("filter changed", {"hook.py": FILTER_HOOK % 5}),
    ("pages", {"overrides/main.html": OVERRIDE.replace("WORDS", "{{ pages | length }}")}),
    ("one more page", {"docs/more.md": "# More\n"}),
    ("another's text", {"overrides/main.html": OVERRIDE.replace("WORDS", "{{ nav.homepage.content }}")}),
    ("that text changed", {"docs/index.md": "# Home\n\nOther words.\n"}),
    ("a meta of others", {"overrides/main.html": OVERRIDE.replace("WORDS", "{{ nav.homepage.meta.description }}")}),
    ("that meta changed", {"docs/index.md": "---\ndescription: Told\n---\n\n# Home\n"}),
    ("no override", {"mkdocs.yml": MKDOCS_YML}),
    ("snippets", {
        "mkdocs.yml": MKDOCS_YML.replace("footnotes]", "footnotes, {pymdownx.snippets: {base_path: [docs]}}]"),
        "docs/part.txt": "Taken in.\n", "docs/runbook.md": '# Runbook\n\n--8<-- "part.txt"\n\n## First steps\n',
    }),
    ("the snippet changed", {"docs/part.txt": "Taken in anew.\n"}),
)  # fmt: skip


@pytest.mark.large
@pytest.mark.parametrize("several", [SETTINGS, THEME], ids=["settings", "theme"])
def test_the_site_is_that_of_a_whole_build(several: Sequence[Step], tmp_path: Path) -> None:
    twins = Twins(tmp_path, FILES)
    assert twins.build() == []
    assert steps(twins, several) == []

"""The documentation is under test: what the code offers stands in the guide, and what the guide shows is true."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
import pytest
import yaml

from postmortems.analyse.findings.finding import Question
from postmortems.analyse.findings.registry import QUESTIONS
from postmortems.check.registry import RULES
from postmortems.cli.main import main
from postmortems.model.front_matter import KEYS
from postmortems.model.section import TEMPLATE_SECTIONS
from postmortems.model.source import Source
from postmortems.read.body import read_body
from postmortems.read.register import ENTRY_KEYS, read_register
from postmortems.render.pages.guide_pages import guide_pages, rules_page, settings_page
from postmortems.settings import Settings
from postmortems.settings.parsing import parse_settings
from tests.code_blocks import BLOCKS, GUIDE, of_kind

REGISTER = "postmortems/register.yml"

ROOT = Path(__file__).parents[1]
LAYOUTS = "".join(
    path.read_text("utf-8") for path in sorted((ROOT / "plugins/postmortems/render/layouts/metrics").glob("*.html"))
)
TEMPLATE = (ROOT / "docs/templates/postmortem-template.md").read_text("utf-8")


def commands() -> list[tuple[str, click.Command]]:
    context = click.Context(main)
    return [(name, command) for name in main.list_commands(context) if (command := main.get_command(context, name))]


@pytest.mark.parametrize("key", KEYS)
def test_every_key_of_the_front_matter_is_in_the_guide(key: str) -> None:
    assert re.search(rf"^\| [^|]*`{key}`", GUIDE, re.MULTILINE)


@pytest.mark.parametrize("key", KEYS)
def test_every_key_of_the_front_matter_is_in_the_template(key: str) -> None:
    assert re.search(rf"^(# )?{key}:", TEMPLATE, re.MULTILINE)


@pytest.mark.parametrize(("name", "command"), commands(), ids=lambda value: value if isinstance(value, str) else "")
def test_every_command_and_each_of_its_options_can_be_looked_up(name: str, command: click.Command) -> None:
    assert f"postmortems {name}" in GUIDE
    for option in command.params:
        if isinstance(option, click.Option) and option.name != "help":
            assert option.help, option.name
            assert name == "new" or f"`{option.opts[0]}" in GUIDE, option.opts


@pytest.mark.parametrize("name", re.findall(r"^\| `--format NAME[^\n]*?`(\w+)` \(the default\)", GUIDE, re.MULTILINE))
def test_a_format_that_the_guide_calls_the_default_is_one(name: str) -> None:
    defaults = [option.default for _, command in commands() for option in command.params if "--format" in option.opts]
    assert name in defaults or [name] in defaults


@pytest.mark.parametrize("option", Settings.model_fields)
def test_every_setting_has_its_place_in_the_guide(option: str) -> None:
    page = settings_page()
    assert f"## `{option}`\n" in page
    assert str(Settings.model_fields[option].description) in page


@pytest.mark.parametrize("path", guide_pages())
def test_a_generated_page_of_the_guide_can_be_read_on_a_forge(path: str) -> None:
    file = ROOT / "docs" / path
    assert (file.read_text("utf-8") if file.exists() else None) == guide_pages()[path], "python -m tests.guide_files"


def test_no_rule_that_is_gone_has_a_page() -> None:
    there = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs/guide/rules").iterdir()}
    assert there | {"guide/settings.md"} == guide_pages().keys(), "python -m tests.guide_files"


@pytest.mark.parametrize(
    "page",
    [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))],
    ids=lambda page: page.relative_to(ROOT).as_posix(),
)
def test_every_relative_link_leads_to_a_file(page: Path) -> None:
    text = re.sub(r"^(```+|~~~+).*?^\1", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    prose = re.sub(r"`[^`\n]*`", "", text)
    targets = re.findall(r"\]\(<?([^)\s>#]+)|(?:src|href|srcset)=\"([^\"#]+)", prose)
    relative = [target for target in map("".join, targets) if not re.match(r"[a-z]+:", target)]
    assert [target for target in relative if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_every_question_of_the_findings_is_in_the_guide(question: Question) -> None:
    assert f"| `{question.name}`: {question.text} |" in GUIDE


def test_every_figure_has_its_definition_in_the_guide() -> None:
    pages = [(ROOT / f"docs/guide/{name}.md").read_text("utf-8") for name in ("metrics", "systemic-findings")]
    headings = re.findall(r"^## (.+)$", "\n".join(pages), re.MULTILINE)
    folds = re.findall(r"call fold\((.*?)\)\s*%}", LAYOUTS, re.DOTALL)
    anchors = [fold.rpartition('"')[0].rpartition('"')[2] for fold in folds if '"quality"' not in fold]
    assert len(anchors) >= 8
    assert set(anchors) <= {heading.lower().replace(" ", "-") for heading in headings}


def test_every_rule_has_a_page_and_a_line_in_the_list() -> None:
    pages = guide_pages()
    for rule in RULES:
        assert f"[{rule.name}](./{rule.name}.md)" in rules_page()
        assert pages[f"guide/rules/{rule.name}.md"].startswith(f"# {rule.code} {rule.name}")


def test_the_guide_names_the_rules_that_cannot_be_waived() -> None:
    (sentence,) = re.findall(r"^Some rules cannot be waived.*$", GUIDE, re.MULTILINE)
    assert re.findall(r"`([\w-]+)`", sentence) == [rule.name for rule in RULES if not rule.may_be_waived]


def test_the_template_that_ships_is_the_one_that_is_shown() -> None:
    shipped = ROOT / "plugins/postmortems/read/templates/en.md"
    assert shipped.read_text("utf-8") == TEMPLATE
    shown = (ROOT / "docs/templates/near-miss-template.md").read_text("utf-8")
    assert shipped.with_name("near-miss").joinpath("en.md").read_text("utf-8") == shown


def test_the_template_has_every_section_in_order() -> None:
    body = read_body(Source("x.md", TEMPLATE.split("---\n", 2)[2]), {})
    assert [section.name for section in body.walk()] == list(TEMPLATE_SECTIONS)


def test_the_readme_and_the_changelog_count_what_is_there() -> None:
    incidents = len(list((ROOT / "docs/postmortems").glob("*/*/postmortem.md")))
    patterns = len([path for path in (ROOT / "docs/patterns").glob("*.md") if path.name != "index.md"])
    for name in ("README.md", "CHANGELOG.md"):
        text = (ROOT / name).read_text("utf-8")
        for number, noun in re.findall(r"(\d+) (?:real )?(incidents|pattern pages|rules)", text):
            expected = {"incidents": incidents, "pattern pages": patterns, "rules": len(RULES)}[noun]
            assert int(number) == expected, (name, noun)


def titled_blocks(page: str) -> dict[str, str]:
    """The code blocks of a page of the guide, by their title, as long as they have one."""
    return {block.title: block.content for block in BLOCKS if block.page == page and block.title}


@pytest.mark.parametrize("key", ENTRY_KEYS)
def test_every_key_of_the_register_is_in_the_guide(key: str) -> None:
    assert re.search(rf"^\| `{key}` \|", (ROOT / "docs/guide/register.md").read_text("utf-8"), re.MULTILINE)


def test_the_register_in_the_guide_is_sound() -> None:
    register, problems = read_register(REGISTER, titled_blocks("register.md")[f"docs/{REGISTER}"].encode())
    assert problems == []
    first, second, third = register.entries
    assert first.postmortem == "2026/01-checkout"
    assert (second.postmortem, second.waived) == (None, None)
    assert third.waived


def test_the_policy_in_the_guide_can_be_used() -> None:
    (policy,) = [block.content for block in of_kind("plugin's block") if block.page == "register.md"]
    settings, problems = parse_settings(yaml.safe_load(policy)["plugins"][1]["postmortems"])
    assert problems == ()
    assert [settings.time_to_publish(severity).days for severity in ("SEV1", "SEV2")] == [5, 14]


@pytest.mark.parametrize("before", [None, "[]\n", "- id: INC-452\n  severity: SEV1\n  resolved_at: unknown\n"])
def test_the_recipe_of_the_guide_fills_a_register(before: str | None, tmp_path: Path) -> None:
    blocks = titled_blocks("register.md")
    file = tmp_path / "docs" / REGISTER
    file.parent.mkdir(parents=True)
    if before is not None:
        file.write_text(before, "utf-8")
    for _ in range(2):
        subprocess.run(
            [sys.executable, "-c", blocks["add-incidents.py"]],
            cwd=tmp_path, input=blocks["incidents.csv"], encoding="utf-8", check=True,
        )  # fmt: skip
    register, problems = read_register(REGISTER, file.read_bytes())
    assert problems == []
    is_new = before is None or "INC-452" not in before
    assert [(entry.id, entry.severity, entry.title, entry.resolved_at) for entry in register.entries] == [
        ("INC-452", "SEV1", 'Checkout: "pool" exhausted', datetime(2026, 3, 2, 16, tzinfo=UTC))
        if is_new
        else ("INC-452", "SEV1", "", None),
        ("INC-454", "SEV2", "Search returns nothing", None),
    ]

"""What the README and the guide show can be copied: each code block is taken out of the text, put to use, and passes.

Commands are run in `test_shell_blocks.py`.
"""

from __future__ import annotations

import json
import posixpath
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import indent

import yaml

from postmortems.render.pages.guide_pages import settings_page
from postmortems.settings import Settings
from postmortems.settings.parsing import parse_settings
from tests.altered import with_keys, with_sections
from tests.code_blocks import BLOCKS, Block, blocks_of, each, of_kind
from tests.conftest import MKDOCS_YML, PATTERN, POSTMORTEM, POSTMORTEM_PATH, Write

Run = Callable[..., subprocess.CompletedProcess[str]]

PLUGIN = "plugins:\n  - search\n  - postmortems"
HOST = MKDOCS_YML.replace(f"{PLUGIN}\n", "")
SECTIONS = {
    "Shapes of a timeline": "Timeline",
    "Items as a list": "Action Items",
    "Items as a table": "Action Items",
}
"""The section that a part without a heading of its own belongs to, by the guide's heading; else it is prose."""
MOMENTS = """\
started_at: 2026-01-31T23:50:00Z
detected_at: unknown
mitigated_at: unknown
resolved_at: unknown
"""
"""Those of the guide's timelines."""


def passes(folder: Path, run_in: Run) -> str:
    """What the check says of a knowledge base that passes, strictly, as its build does."""
    checked, built = (
        run_in(folder, *command, "--strict") for command in (("postmortems", "check"), ("mkdocs", "build"))
    )
    assert (checked.returncode, built.returncode) == (0, 0), checked.stdout + checked.stderr + built.stderr
    # A waiver that an example shows silences something.
    assert "unused-waiver" not in checked.stdout
    return checked.stdout


def of_year(year: int, owner: str) -> str:
    """A sound postmortem of an earlier year, by another team, so that it resembles no other."""
    return POSTMORTEM.replace("2026-", f"{year}-").replace("owner: Payments", f"owner: {owner}")


def test_each_kind_is_counted() -> None:
    """A block of a new kind has to be proved, or to be counted here as one that is not."""
    proved_here = {
        "plugin's block": 8,
        "settings": 2,
        "keys of mkdocs.yml": 2,
        "front matter": 2,
        "part of a postmortem": 9,
        "postmortem": 1,
        "timeline.json": 1,
        "register": 1,
        "catalogue of services": 2,
    }
    proved_elsewhere = {
        "commands": 31,  # test_shell_blocks.py
        "commands after an installation": 3,  # test_shell_blocks.py
        "output": 7,  # test_shown_output.py
        "report as JSON": 1,  # test_shown_output.py
        "JSON with parts left out": 1,  # test_shown_output.py
        "settings of an editor": 5,  # desk/test_editor_settings.py
        "settings of an assistant": 1,  # desk/test_mcp_server.py
        "configuration of pre-commit": 2,  # test_pre_commit.py
        "commands that fetch an export": 11,  # adopt/sources/test_fetching.py
        "file that commands of the page use": 11,  # test_shell_blocks.py, test_docs.py, test_examples.py, test_fix_gate.py
        "file that init writes": 4,  # test_examples.py
        "program that reads the data files": 7,  # publish/test_data.py
    }
    not_proved = {
        "drawing": 4,  # two of the architecture, and the paths of two files
        "configuration of a web server": 3,  # nginx, Apache and Caddy are not here
        "commands that need a network or never end": 3,  # only their names are looked up, in test_shell_blocks.py
    }
    assert Counter(block.kind for block in BLOCKS) == proved_here | proved_elsewhere | not_proved


@each("plugin's block", "settings", "keys of mkdocs.yml")
def test_a_configuration_is_accepted_and_builds(block: Block, write: Write, run_in: Run) -> None:
    text = {
        "plugin's block": HOST + block.content,
        "settings": f"{HOST}{PLUGIN}:\n{indent(block.content, '      ')}",
        "keys of mkdocs.yml": MKDOCS_YML + block.content,
    }[block.kind]
    files = {"mkdocs.yml": text}
    settings, host = settings_of(text)
    if settings.services:
        files[settings.services] = next(one.content for one in BLOCKS if one.title == settings.services)
    for number, source in enumerate(settings.sources):
        place = f"{source.folder}/{source.postmortems or settings.folder}/2025/01-other/postmortem.md"
        files[place] = of_year(2025, f"Owner {number}")
    excluded = [f"docs/{line.strip('/')}" for line in str(host.get("exclude_docs") or "").splitlines()]
    files |= {f"{path}/postmortem.md": of_year(2026, "Payroll") for path in excluded}
    folder = write(files)
    if settings.folder != "postmortems":
        (folder / "docs/postmortems").rename(folder / "docs" / settings.folder)
    if settings.baseline:
        made = run_in(folder, "postmortems", "check", "--baseline", settings.baseline, "--write-baseline")
        assert made.returncode == 0, made.stderr
    assert passes(folder, run_in).count("excluded-by-mkdocs") == len(excluded)
    assert not [path for path in excluded if (folder / "site" / path.removeprefix("docs/")).exists()]
    assert (folder / "site" / settings.folder / "2026/01-checkout/index.html").exists()


def settings_of(text: str) -> tuple[Settings, Mapping[str, object]]:
    """The plugin's settings in a `mkdocs.yml`, and all that it holds."""
    host = yaml.safe_load(text)
    (options,) = [
        (one["postmortems"] if isinstance(one, dict) else {})
        for one in host["plugins"]
        if one == "postmortems" or (isinstance(one, dict) and "postmortems" in one)
    ]
    settings, problems = parse_settings(options)
    assert problems == ()
    assert isinstance(host, dict)
    return settings, host


def test_each_default_in_the_settings_is_the_default() -> None:
    default = parse_settings({})[0]
    assert default.personal_data.patterns == ()  # a value that is computed, and then kept, is no setting
    whole, *blocks = blocks_of(settings_page(), "settings.md")
    assert settings_of(whole.content)[0] == default
    for block in blocks:
        assert parse_settings(yaml.safe_load(block.content)) == (default, ()), block
    assert [name for block in blocks for name in yaml.safe_load(block.content)] == list(Settings.model_fields)


@each("front matter")
def test_keys_of_the_front_matter_are_valid(block: Block, write: Write, run_in: Run) -> None:
    keys = yaml.safe_load(block.content)
    files = {POSTMORTEM_PATH: with_keys(POSTMORTEM, block.content)}
    for one in keys.get("patterns", ()):
        page = PATTERN.replace("Database issues", one["pattern"]).replace("aliases: [db]\n", "")
        files[f"docs/patterns/{one['pattern']}.md"] = page
    if earlier := keys.get("repeat_of"):
        files[f"docs/postmortems/{earlier}/postmortem.md"] = of_year(2025, "Payments")
    passes(write(files), run_in)


@each("part of a postmortem")
def test_a_part_of_a_postmortem_makes_a_sound_one(block: Block, write: Write, run_in: Run) -> None:
    section = SECTIONS.get(block.heading)
    has_heading = re.search(r"^#", block.content, re.MULTILINE) and not section
    text = block.content if has_heading else f"## {section or 'Lessons Learned'}\n\n{block.content}"
    files = {POSTMORTEM_PATH: with_sections(POSTMORTEM, text)}
    assert block.content in files[POSTMORTEM_PATH]
    if section == "Timeline":
        files[POSTMORTEM_PATH] = with_keys(files[POSTMORTEM_PATH], MOMENTS)
    for target in re.findall(r"\]\((\S+)\)", block.content):
        path = posixpath.normpath(posixpath.join(posixpath.dirname(POSTMORTEM_PATH), target))
        if path.endswith("/postmortem.md"):
            files[path] = of_year(2018, "GitHub")
    passes(write(files), run_in)


@each("postmortem")
def test_a_whole_postmortem_is_sound(block: Block, write: Write, run_in: Run) -> None:
    passes(write({block.title: block.content}), run_in)


@each("timeline.json")
def test_a_timeline_beside_the_postmortem_supplies_its_events(block: Block, write: Write, run_in: Run) -> None:
    text = with_keys(with_sections(POSTMORTEM, "## Timeline\n\nKept by a machine.\n"), MOMENTS)
    beside = posixpath.dirname(POSTMORTEM_PATH)
    events = json.loads(block.content)
    files = {f"{beside}/{event['link']}": "x" for event in events if "link" in event}
    folder = write({POSTMORTEM_PATH: text, f"{beside}/timeline.json": block.content, **files})
    passes(folder, run_in)
    page = (folder / "site/postmortems/2026/01-checkout/index.html").read_text("utf-8")
    assert all(event["event"] in page for event in events)


@each("register")
def test_a_register_is_sound(block: Block, write: Write, run_in: Run) -> None:
    folder = write({block.title: block.content, POSTMORTEM_PATH: POSTMORTEM.replace("2026-03-02", "2026-02-06")})
    # What its comment says has no postmortem yet has none, and that is all there is to say.
    (finding,) = re.findall(r"^\S+ PM\d{3} .*\n.*", passes(folder, run_in), re.MULTILINE)
    assert "incident-without-postmortem" in finding
    assert "INC-431" in finding


@each("catalogue of services")
def test_a_catalogue_knows_its_services(block: Block, write: Write, run_in: Run) -> None:
    (configuration,) = [one for one in of_kind("plugin's block") if block.title in one.content]
    folder = write({"mkdocs.yml": HOST + configuration.content, block.title: block.content})
    passes(folder, run_in)
    (folder / POSTMORTEM_PATH).write_text(POSTMORTEM.replace("[checkout]", "[search-api]"), "utf-8")
    done = run_in(folder, "postmortems", "check")
    assert done.returncode == 1
    assert '"search"' in done.stdout

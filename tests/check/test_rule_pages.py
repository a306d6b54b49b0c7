"""Every rule's page is its test: what stands under *Example* breaks exactly that rule, *Use instead* breaks none.

The code blocks of a page become files. A postmortem that is sound stands beside them, and they change it:

- ```` ```yaml ```` replaces those keys of its front matter;
- ```` ```markdown ```` replaces the sections that it holds, with everything below them; text without a heading is added
  at the end; if it holds a line of `---`, it stands in place of the front matter;
- ```` ```text ```` without a title lists further postmortems (each in the year of its folder and with its action items
  done) and other files, which are empty or have the size behind their path: `… (4,200,000 bytes)`;
- ```` ```hexdump ```` is added to the end of the postmortem, as bytes;
- a block with a title is a file: `timeline.json` beside the postmortem, or any path below `docs/`; `services.yml` is the
  catalogue of services, `mkdocs.yml` holds `exclude_docs`, and `zensical.toml` lies beside it. A ```` ```yaml ```` block with another postmortem's path
  replaces the keys of a sound one there.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
import yaml
from tests.altered import with_keys, with_sections

from postmortems.check.pages import HEADINGS, rule_page
from postmortems.check.registry import RULES
from postmortems.check.rule import Rule
from postmortems.model.diagnostic import Diagnostic

Check = Callable[..., tuple[Diagnostic, ...]]

CATALOGUE = "services.yml"
MKDOCS = "mkdocs.yml"
ZENSICAL = "zensical.toml"
PATH = "docs/postmortems/2024/01-database-connection-pool/postmortem.md"
_FENCE = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.DOTALL | re.MULTILINE)
_SIZED = re.compile(r"(\S+)(?: \(([\d,]+) bytes\))?")


@dataclass(frozen=True)
class Fence:
    language: str
    title: str
    content: str


def fences(rule: Rule, heading: str) -> list[Fence]:
    """The code blocks under one heading of a rule's page."""
    part = re.split(rf"^## {heading}$", rule_page(rule), flags=re.MULTILINE)[1]
    # A line of "## " may stand in an example, too; the page's own next heading is the end.
    following = HEADINGS[HEADINGS.index(heading) + 1]
    part = part.split(f"\n## {following}\n")[0]
    return [Fence(language, title, content) for language, title, content in _FENCE.findall(part)]


def further(sound: str, year: str) -> str:
    """The sound postmortem as one of another year, with all its action items done."""
    return sound.replace("2024-", f"{year}-").replace("- [ ]", "- [x]")


def files_of(blocks: list[Fence], sound: str) -> dict[str, str | bytes]:
    """The files, by their path below `docs/`, that the code blocks stand for."""
    postmortem, more = sound, b""
    files: dict[str, str | bytes] = {}
    for block in blocks:
        if block.title in (CATALOGUE, MKDOCS, ZENSICAL):
            continue
        if block.title:
            path = block.title if block.title.startswith("docs/") else PATH.replace("postmortem.md", block.title)
            is_other = block.language == "yaml" and path.endswith("/postmortem.md")
            files[path] = with_keys(sound, block.content) if is_other else block.content
        elif block.language == "yaml":
            postmortem = with_keys(postmortem, block.content)
        elif block.language == "markdown" and block.content.lstrip().startswith("---"):
            postmortem = block.content + postmortem.split("---\n", 2)[2]
        elif block.language == "markdown":
            postmortem = with_sections(postmortem, block.content)
        elif block.language == "hexdump":
            more += bytes.fromhex(block.content)
        else:
            for path, size in _SIZED.findall(block.content):
                empty = b"\0" * int(size.replace(",", "") or 0)
                files[path] = further(sound, path.split("/")[2]) if path.endswith(".md") else empty
    files.setdefault(PATH, postmortem.encode() + more)
    return {path.removeprefix("docs/"): content for path, content in files.items()}


def policy(rule: Rule) -> dict[str, str]:
    """The default policy, for the rules that it is about: a draft in any other example may be of any age."""
    return {"publish_within": "14d"} if rule.follows_calendar else {}


def beside(blocks: list[Fence]) -> dict[str, str]:
    """What code blocks say of what does not lie in the docs folder."""
    found = {}
    for block in blocks:
        if block.title == CATALOGUE:
            found["catalogue"] = block.content
        elif block.title == MKDOCS:
            found |= yaml.safe_load(block.content)
        elif block.title == ZENSICAL:
            found["zensical"] = block.content
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_page_has_all_its_headings(rule: Rule) -> None:
    found = tuple(re.findall(r"^## (.+)$", re.sub(_FENCE, "", rule_page(rule)), re.MULTILINE))
    assert found == HEADINGS


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_example_breaks_exactly_this_rule(rule: Rule, check: Check, filled_template: str) -> None:
    blocks = fences(rule, "Example")
    assert blocks
    found = check(files=files_of(blocks, filled_template), **beside(blocks), **policy(rule))
    assert {one.rule for one in found} == {rule.name}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_what_to_use_instead_breaks_none(rule: Rule, check: Check, filled_template: str) -> None:
    blocks = fences(rule, "Use instead")
    assert blocks
    assert check(files=files_of(blocks, filled_template), **beside(blocks), **policy(rule)) == ()


def test_the_page_states_code_level_and_drafts() -> None:
    by_name = {rule.name: rule_page(rule).splitlines()[:3] for rule in RULES}
    assert by_name["missing-section"] == ["# PM101 missing-section", "", "Level: **error**. In a draft: **warning**."]
    assert by_name["duplicate-number"] == ["# PM010 duplicate-number", "", "Level: **warning**."]
    assert by_name["misplaced-file"] == ["# PM009 misplaced-file", "", "Level: **warning**. Cannot be waived."]

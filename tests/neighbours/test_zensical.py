"""Zensical makes the same pages of what is generated as MkDocs makes itself: their words, links, pictures and elements."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands import run
from tests.conftest import MKDOCS_YML, PATTERN, POSTMORTEM, POSTMORTEM_PATH
from tests.neighbours.environment import checkout, python_of
from tests.publish.article import differences

ODD = POSTMORTEM.replace("title: Checkout times out", "title: 'A <b>\"bold\"</b> & title'").replace(
    "Checkout answered slowly for 25 minutes.",
    """\
An *odd* `<text>` with [a link](../../../patterns/database-issues.md#what-helps), {: .x }, &copy;, 1*2*3 and snake_case.
![Graph](artifacts/graph.png)

> quoted `code` {#no-anchor}

1. first
2. second
    - below

~~~sh
echo "{{ x }}"

```
~~~

<details><summary>More</summary>Text &lt;b&gt; *stars*</details>

| a | b |
|---|---|
| `x` | y\\|z |
""",
)
FILES: dict[str, str | bytes] = {
    "mkdocs.yml": MKDOCS_YML.replace("tables]", "tables, fenced_code, admonition]")
    + "repo_url: https://github.com/example/kb\nedit_uri: edit/main/docs/\n",
    "docs/index.md": "# Home\n\nSee [one](postmortems/2026/01-checkout/postmortem.md).\n\n!!! note\n    Text\n",
    "docs/handbook/on call.md": "# On call\n\n[Home](../index.md) and [data](../data/postmortems.json).\n",
    "docs/patterns/database-issues.md": PATTERN,
    POSTMORTEM_PATH: ODD,
    "docs/postmortems/2026/01-checkout/artifacts/graph.png": b"\x89PNG\r\n\x1a\n",
}


@pytest.mark.parametrize("settings", ["", "use_directory_urls: false\n"], ids=["folders", "files"])
def test_zensical_makes_the_same_pages(settings: str, tmp_path: Path, shared: Path) -> None:
    python, path = python_of("zensical"), checkout(shared)
    folder = tmp_path / "kb"
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    with (folder / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write(settings)
    for command in (("mkdocs", "build", "--strict"), ("postmortems", "build", "--with", "zensical", "--strict")):
        done = run(folder, *command, python=python, path=path)
        assert done.returncode == 0, done.stdout + done.stderr
    ours, theirs = folder / "site", folder / "build/zensical/site"
    assert differences(ours, theirs) == []
    assert len([*ours.rglob("*.html")]) > 50
    further = {
        file.relative_to(ours) for file in ours.rglob("*") if file.suffix in (".json", ".csv", ".png", ".xml", ".css")
    }
    of_mkdocs = {"search/search_index.json", "sitemap.xml"}
    assert {
        str(name) for name in further if not (theirs / name).exists() and "stylesheets" not in name.parts
    } <= of_mkdocs | {"assets/images/favicon.png"}

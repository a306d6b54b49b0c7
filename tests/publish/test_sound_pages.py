"""Sites of every sort: no link is broken, no id is given twice, nothing in a text is code, and the HTML is valid."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from tests.publish.built_site import Built

VNU = "vnu-jar/build/dist/vnu.jar"


@pytest.mark.parametrize("name", ["own", "complete", "odd"])
def test_pages_are_sound(name: str, built: Callable[[str], Path]) -> None:
    site = Built(built(name))
    complaints = [f"broken: {one}" for one in site.broken()]
    for address, page in site.pages.items():
        complaints += [f"{address}: the id {one} twice" for one in page.repeated]
        complaints += [f"{address}: a handler {one}" for one in page.handlers]
        complaints += [f"{address}: a <{one}> in the text" for one in page.code]
        # Markdown's own, for the columns of a table.
        complaints += [f"{address}: {one}" for one in page.styles if not re.fullmatch(r"text-align: \w+;", one)]
        complaints += [f"{address}: no shape {one}" for one in page.shapes if one.removeprefix("#") not in page.ids]
    assert not complaints, "\n".join(complaints[:40])


# A program that runs for seconds is compiled once, quickly, and has one heap to sweep.
JAVA = ["java", "-Xss4m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar"]


def kinds_of_errors(jar: Path, *sites: Path) -> list[set[str]]:
    """What the Nu HTML checker has against each site, without the values that it quotes."""
    command = [*JAVA, str(jar), "--errors-only", "--format", "json", "--exit-zero-always", "--skip-non-html"]
    done = subprocess.run([*command, *map(str, sites)], capture_output=True, encoding="utf-8", check=True)
    messages = [
        (unquote(urlsplit(one["url"]).path), re.sub("“[^”]*”", "“…”", one["message"]))
        for one in json.loads(done.stderr)["messages"]
    ]
    return [{message for path, message in messages if path.startswith(f"{site}/")} for site in sites]


def test_the_html_checker_finds_nothing_that_it_does_not_find_without_the_plugin(
    built: Callable[[str], Path], tool: Callable[[str], Path]
) -> None:
    jar = tool(VNU)
    if shutil.which("java") is None:
        pytest.skip("no Java here: `apt-get install default-jre-headless`")
    known, complete, odd = kinds_of_errors(jar, built("without the plugin"), built("complete"), built("odd"))
    assert known
    assert complete <= known
    assert odd <= known

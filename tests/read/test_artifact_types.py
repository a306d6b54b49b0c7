"""Files beside postmortems: which a browser runs, which are harmless, and of which nobody knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from postmortems.model.diagnostic import Level
from postmortems.read.artifact_types import active_in_xml, artifact_problems
from postmortems.read.files import list_files
from postmortems.read.site_options import SiteOptions
from postmortems.settings import Settings

FOLDER = "postmortems/2026/01-x/artifacts"


def levels(docs: Path, path: str, data: bytes = b"x", **settings: object) -> list[Level | None]:
    (docs / path).parent.mkdir(parents=True, exist_ok=True)
    (docs / path).write_bytes(data)
    return [one.level for one in artifact_problems(list_files(docs), Settings.model_validate(settings))]


@pytest.mark.parametrize(
    "name",
    ["a.html", "A.HTM", "a.xhtml", "a.js", "a.mjs", "a.css", "a.swf", "a.wasm", "a.svgz", "a.html.gz", "a.js.br", "a.html.de",
     "a.html.unknown", "a.xsl", "a.mht", "web.config", "_headers", "a.php", "a.b.HtMl"],
)  # fmt: skip
@pytest.mark.parametrize("folder", [FOLDER, "postmortems", "patterns/x", "templates"])
def test_what_a_browser_or_a_server_runs_is_an_error(name: str, folder: str, tmp_path: Path) -> None:
    assert levels(tmp_path, f"{folder}/{name}") == [None]


@pytest.mark.parametrize(
    "name",
    ["a.png", "a.JPG", "a.log", "a.txt", "a.csv", "a.json", "a.pdf", "a.tar.gz", "a.zip", "a.yml", "a.sql", "a.md", "a.mp4",
     "2026-03-02.log", "app.js.log", "timeline.json", "a.b.c.png", "dump.sql.gz",
     ".DS_Store", ".cache/a.html"],
)  # fmt: skip
def test_what_is_shown_or_saved_is_harmless(name: str, tmp_path: Path) -> None:
    assert levels(tmp_path, f"{FOLDER}/{name}") == []


@pytest.mark.parametrize("name", ["dump", "a.unknown", "Makefile", "a.2026"])
def test_what_nobody_knows_is_a_warning(name: str, tmp_path: Path) -> None:
    assert levels(tmp_path, f"{FOLDER}/{name}") == [Level.WARNING]


def test_files_elsewhere_and_where_active_html_is_allowed_are_left_alone(tmp_path: Path) -> None:
    assert levels(tmp_path, "javascripts/own.js") == []
    assert levels(tmp_path, f"{FOLDER}/a.html", active_html=True) == []
    assert levels(tmp_path, "incidents/2026/01-x/a.html", folder="incidents") == [None]


@pytest.mark.parametrize("folder", ["assets/javascripts", "Assets/JavaScripts/workers", "assets/postmortems"])
def test_a_file_among_the_scripts_of_the_site_is_one_of_them(folder: str, tmp_path: Path) -> None:
    assert levels(tmp_path, f"{folder}/bundle.0123abcd.min.js") == [None]
    path = f"{folder}/bundle.0123abcd.min.js"
    named = SiteOptions(scripts=frozenset({path}))
    assert list(artifact_problems(list_files(tmp_path), Settings(), named)) == []


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">%s</svg>'
HTML = b'<foreignObject><div xmlns="http://www.w3.org/1999/xhtml">%s</div></foreignObject>'


@pytest.mark.parametrize(
    "data",
    [
        SVG % b"<script>alert(1)</script>",
        SVG % b'<script xlink:href="a.js"/>',
        SVG % b'<g onload="alert(1)"/>',
        SVG % b'<a href="javascript:alert(1)"><text>x</text></a>',
        SVG % b'<a xlink:href="java&#10;script:alert(1)"/>',
        SVG % b'<image href="https://example.org/a.png"/>',
        SVG % b'<use href="//example.org/a.svg#b"/>',
        SVG % b'<a><animate attributeName="href" values="javascript:alert(1)"/></a>',
        SVG % b'<a><set attributeName="href" to="javascript:alert(1)"/></a>',
        SVG % (HTML % b"<script>alert(1)</script>"),
        SVG % (HTML % b'<iframe src="x"/>'),
        SVG % b"<style>@import 'https://example.org/a.css';</style>",
        SVG % b'<path style="fill: url(https://example.org/a.svg#b)"/>',
        b'<?xml-stylesheet type="text/xsl" href="a.xsl"?><a/>',
        b'<!DOCTYPE a [<!ENTITY b "<script>">]><a>&b;</a>',
        b'<html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>',
        b'<x:svg xmlns:x="http://www.w3.org/2000/svg"><x:script>alert(1)</x:script></x:svg>',
        SVG % b"<script>alert(1)</script>" + b"<",
        b"<svg><g></svg>",
        b"",
        b"\xff\xfe<",
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'.encode("utf-16"),
        b'<?xml version="1.0" encoding="no-such"?><svg/>',
    ],
)
def test_xml_that_may_run_is_an_error(data: bytes, tmp_path: Path) -> None:
    assert active_in_xml(data)
    for name in ("a.svg", "a.xml"):
        assert levels(tmp_path, f"{FOLDER}/{name}", data)[0] is None


@pytest.mark.parametrize(
    "data",
    [
        SVG % b'<style>.a{fill:url(#b)}</style><defs><g id="b"/></defs><use xlink:href="#b"/><path d="M0"/>',
        SVG % b'<a href="https://example.org/"><text>x</text></a><image href="data:image/png;base64,AA"/>',
        SVG % (HTML % b'<span style="color: red">A <b>label</b></span>'),
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
        + SVG % b"",
        b'<?xml version="1.0"?><testsuite name="on fire"><testcase classname="a" onset="1"/></testsuite>'.replace(
            b" onset", b" set"
        ),
    ],
)
def test_xml_that_only_shows_something_is_harmless(data: bytes, tmp_path: Path) -> None:
    assert active_in_xml(data) == ""
    assert levels(tmp_path, f"{FOLDER}/a.svg", data) == []

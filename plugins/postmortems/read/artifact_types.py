"""Files beside postmortems, and among the scripts of the site, that a browser would run: by their endings and, for XML,
what they hold.

They are served from the site's own address: a script in one of them acts for whoever opened it, and a file with a
script may be loaded by another one under the policy of the site. A file of an author takes the place of the theme's own
of that name, so that a script in its folder would run on every page.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from xml.parsers import expat

from postmortems.model.diagnostic import Level, Problem
from postmortems.model.docs_folder import SCRIPT_FOLDERS
from postmortems.model.place import Place
from postmortems.read.files import Tree
from postmortems.read.opening import open_file
from postmortems.read.site_options import UNKNOWN, SiteOptions
from postmortems.settings import Settings
from postmortems.text.allowed_html import ELEMENTS, names, scheme_of
from postmortems.text.html_tags import is_active_address

RULE = "active-artifact"

_ACTIVE = names(
    "asp aspx appcache cjs css hta htc htm html jar js jse jsm jsp mht mhtml mjs php rss atom shtml svgz swf vbs wasm"
    " webmanifest xht xhtm xhtml xsl xslt"
)
_CONTROLS = frozenset({".htaccess", "_headers", "_redirects", "web.config"})
_LOOKED_INTO = frozenset({"svg", "xml"})
_HARMLESS = names(
    "7z avif bin bmp br bz2 c cast cfg conf cpp cs csv dat diff doc docx dot drawio dump eml env excalidraw flac "
    "gif go gz h har heic hpp hprof ics ico ini ipynb java jfr jpeg jpg json json5 jsonl key kt log lua m4a "
    "m4v md mmd mov mp3 mp4 ndjson numbers odg odp ods odt ogg ogv opus out pages parquet patch pb pcap "
    "pcapng pdf perf pl plantuml png pprof ppt pptx prof promql properties proto ps1 puml py r rb rs rst rtf "
    "sh sql sqlite svg tar tex tf tgz tif tiff toml trace ts tsv txt wav webm webp xls xlsx xml xz yaml yml z "
    "zip zst"
)
_WRAPPINGS = names("br bz2 gz xz z zst")
"""Endings that some servers take for how a file is packed, and the one before for what it is."""

_SVG, _XHTML = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml"
_ACTIVE_IN_SVG = frozenset({"script", "handler", "listener", "set", "iframe", "audio", "video", "canvas", "embed"})
_ANIMATIONS = frozenset({"animate", "animatetransform", "animatemotion"})
_BESIDE = ("patterns/", "templates/")


def artifact_problems(tree: Tree, settings: Settings, site: SiteOptions = UNKNOWN) -> Iterator[Problem]:
    """A problem for each file beside postmortems, patterns and templates that is not known to be harmless, and for each
    among the scripts of the site that `mkdocs.yml` does not name."""
    if settings.active_html:
        return
    folders = (f"{settings.folder}/", *_BESIDE)
    for path in tree.files:
        among_scripts = path.casefold().startswith(SCRIPT_FOLDERS) and path not in site.scripts
        if (path.startswith(folders) or among_scripts) and not path.endswith(".md"):
            yield from _problems(path, tree)


def _problems(path: str, tree: Tree) -> Iterator[Problem]:
    name = PurePosixPath(path).name.casefold()
    if name not in _CONTROLS and "/." in f"/{path}":
        return  # MkDocs publishes nothing of it.
    *_, last = endings = name.split(".")[1:] or [""]
    if last in _WRAPPINGS or last not in _HARMLESS | _ACTIVE:
        last = (
            next((ending for ending in reversed(endings[:-1]) if ending not in _WRAPPINGS), last)
            if endings[:-1]
            else last
        )
    quoted = f'"{PurePosixPath(path).name[:120]}"'
    if name in _CONTROLS or any(part in _ACTIVE for part in (endings[-1], last)):
        why = "gives instructions to a server" if name in _CONTROLS else "runs in the reader's browser"
        help_text = "save it as text, an image or PDF, or put it in an archive (.zip)"
        yield Problem(RULE, Place.at(path), f"{quoted} {why}, so it is not published", help_text)
    elif endings[-1] in _LOOKED_INTO:
        data, unreadable = open_file(tree.root, path)
        why = "it is too large to be inspected" if unreadable else active_in_xml(data)
        if why:
            help_text = "export it without scripts or external styles, or as PNG"
            yield Problem(
                RULE, Place.at(path), f"{quoted} may run in a browser: {why}, so it is not published", help_text
            )
    elif endings[-1] not in _HARMLESS:
        message = f"{quoted} has a file type not known to be safe in a browser"
        help_text = "give it a file extension such as .txt, .log or .csv, or put it in an archive (.zip)"
        yield Problem(RULE, Place.at(path), message, help_text, Level.WARNING)


def active_in_xml(data: bytes) -> str:
    """Clause that names what a browser may run or load in an XML file; empty if there is nothing."""
    found: list[str] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartElementHandler = lambda name, values: found.extend(_in_element(name, values))
    parser.ProcessingInstructionHandler = lambda target, _data: found.extend(
        ["a style sheet of its own"] if target.casefold() != "xml" else []
    )
    parser.StartDoctypeDeclHandler = lambda _name, _system, _public, inside: found.extend(
        ["it declares names of its own (`<!DOCTYPE … [`)"] if inside else []
    )
    parser.CharacterDataHandler = lambda text: found.extend(_in_text(text))
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, ValueError, LookupError):
        found.append("it is not well-formed XML")
    return found[0] if found else ""


def _in_element(name: str, values: dict[str, str]) -> Iterator[str]:
    space, _, element = name.rpartition(" ")
    element = element.casefold()
    if space == _XHTML and element not in ELEMENTS:
        yield f"it contains the HTML element `{element[:40]}`"
    if space == _SVG and element in _ACTIVE_IN_SVG:
        yield f"it contains the element `{element}`"
    for full, value in values.items():
        attribute = full.rpartition(" ")[2].casefold()
        if attribute.startswith("on"):
            yield f"it contains the attribute `{attribute[:40]}`"
        elif attribute in ("href", "src") and not _is_harmless(element, value):
            yield f'it links to "{value[:60]}"'
        elif attribute == "attributename" and element in _ANIMATIONS and value.casefold().endswith("href"):
            yield "it changes a URL while it is shown"
        elif attribute == "style":
            yield from _in_text(value)


def _is_harmless(element: str, address: str) -> bool:
    scheme = scheme_of(address)
    if element == "a":
        return not is_active_address(address)
    return (
        address.strip().startswith("#")
        or address.strip().lower().startswith("data:image/")
        or (scheme == "" and not address.strip().startswith(("//", "\\\\", "/\\")))
    )


def _in_text(text: str) -> Iterator[str]:
    folded = text.casefold()
    if "@import" in folded or ("url(" in folded and "//" in folded):
        yield "its style loads from another site"

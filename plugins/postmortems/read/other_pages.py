"""Markdown below the docs folder that is neither a postmortem nor a pattern: what a site cannot make, or leaves out.

Only what is wrong with such a page is kept, not the page. It is read line by line, without Markdown's grammar: fences,
code spans, comments and code that is indented are taken out, which is enough to say what looks active.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from html import unescape

from postmortems.model.diagnostic import Problem
from postmortems.model.lost_html import lost_part, lost_parts, may_lose
from postmortems.model.references import loaded_from_outside, may_refer, outside_resource
from postmortems.model.source import Source
from postmortems.read.files import Tree
from postmortems.read.front_matter import ReadFrontMatter, split_front_matter
from postmortems.read.host_values import host_problems, missing_files
from postmortems.read.opening import open_file
from postmortems.read.site_options import SiteOptions
from postmortems.read.snippets import SIGN, snippet_problems
from postmortems.read.text import read_text
from postmortems.read.yaml_nodes import TOO_MUCH
from postmortems.settings import Settings
from postmortems.text.allowed_html import loads_from_outside
from postmortems.text.inline import blank, without_code, without_comments

_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_HOLDS_BLOCKS = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)]|!!!|\?\?\?\+?|===[!+]?|///|\[\^[^\]]+\]:|:(?=[ \t])|<)")
_IMAGE = re.compile(r"!\[[^\[\]]*+\]\(\s*+<?([^\s)>]++)")


def other_page_problems(tree: Tree, known: Collection[str], settings: Settings, site: SiteOptions) -> Iterator[Problem]:
    """A problem for everything wrong with a page; `known` are those that are read elsewhere."""
    for path in tree.files:
        if path.endswith(".md") and path not in known:
            data, unreadable = open_file(tree.root, path)
            source, no_text = read_text(path, data)
            if not unreadable and not no_text:
                yield from _problems(source, tree, settings, site)


def _problems(source: Source, tree: Tree, settings: Settings, site: SiteOptions) -> Iterator[Problem]:
    body = source
    if source.text.startswith("---"):
        read = split_front_matter(source)
        if read.found:
            body = read.body
            yield from _too_much(read)
            yield from host_problems(read, ())
            for key in ("template", "icon"):
                if key in read.values:
                    place = read.document.keys[(key,)]
                    yield from missing_files({key: read.values[key]}, place, site)
    text = body.text
    if SIGN in text:
        yield from snippet_problems(body, tree.root, site)
    if not settings.active_html and (may_lose(text) or may_refer(text) or "![" in text):
        yield from _lost(replace(body, text=without_comments(_prose(body.lines))))


def _too_much(read: ReadFrontMatter) -> Iterator[Problem]:
    """MkDocs reads the front matter of all pages, and whoever walks through what it makes never comes to an end."""
    for problem in read.problems:
        if problem.message == TOO_MUCH:
            yield Problem("overcomplex-markup", problem.place, f"the front matter: {TOO_MUCH}", problem.help)


def _lost(prose: Source) -> Iterator[Problem]:
    for start, loss in lost_parts(prose.text):
        yield lost_part(prose.place_at(start, len(loss.tag.partition("\n")[0])), loss)
    found = dict(loaded_from_outside(prose.text))
    found |= {image.start(1): image[1] for image in _IMAGE.finditer(prose.text) if _is_outside(image[1])}
    for start, address in found.items():
        yield outside_resource(prose.place_at(start, len(address)), address)


def _is_outside(address: str) -> bool:
    return loads_from_outside(unescape(address))


def _prose(lines: Sequence[str]) -> str:
    """The text of these lines with blanks in place of code, so that every place stays where it was."""
    fence, holder, shown = "", "", list[str]()
    for number, line in enumerate(lines):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not line.strip(" \t>" + fence[0]):
                fence = ""
            shown.append(blank(line))
        elif mark:
            fence = mark[1]
            shown.append(blank(line))
        elif line.startswith(("    ", "\t")) and not (
            holder or (number and lines[number - 1].strip() and shown[-1].strip())
        ):
            shown.append(blank(line))
        else:
            shown.append(line)
            if line.strip() and not line.startswith((" ", "\t")):
                found = _HOLDS_BLOCKS.match(line)
                holder = found[0] if found else ""
    return "\n\n".join(without_code(block) for block in "\n".join(shown).split("\n\n"))

"""An existing `mkdocs.yml` with this plugin and its pages added; everything else stays as it is, to the byte.

PyYAML says where the values lie, and lines are put between them: a library that writes YAML anew would also change
quotes, indentation and the width of lines. What comes out is read again and has to say exactly what was meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from postmortems.read.config_file import ProjectError, parse_config
from postmortems.read.settings_file import PLUGIN, plugins_of

SECTION = "Postmortems"
_OPTIONS: Mapping[str, Any] = {"levels": {"pattern-without-incident": False}}
"""Options of a new block: the patterns that come along wait for an incident."""
_STEP = "  "


class SiteConfigError(Exception):
    """The file cannot be changed safely; the text says why, and what to write by hand."""


class _Insertion(NamedTuple):
    position: int
    text: str


def with_plugin(text: str, merged: Mapping[str, Any], pages: Iterable[str], languages: Sequence[str] = ()) -> str:
    """The text of `mkdocs.yml` with the plugin, and with those of the pages that its `nav` lacks.

    `merged` are its values with those that it inherits; `languages` are named in a new block, if there are any.
    Raises SiteConfigError, and ProjectError where the text cannot be read.
    """
    bare = text.removeprefix("\ufeff")
    end = "\r\n" if "\r\n" in bare else "\n"
    values = parse_config(bare, "mkdocs.yml")
    root = yaml.compose(bare, Loader=yaml.SafeLoader)
    if not isinstance(root, MappingNode) or root.flow_style:
        raise SiteConfigError("it is not written with one key per line")
    nodes = {key.value: (key, value) for key, value in root.value if isinstance(key, ScalarNode)}
    meant = deepcopy(values)
    insertions: list[_Insertion] = []
    if PLUGIN not in dict(plugins_of(merged.get("plugins"))):
        insertions.append(_plugin(bare, nodes.get("plugins"), merged, meant, languages))
    if isinstance(merged.get("nav"), list) and (missing := _missing(merged["nav"], pages)):
        insertions.append(_navigation(bare, nodes.get("nav"), missing, meant))
    edited = bare
    for insertion in sorted(insertions, reverse=True):
        edited = edited[: insertion.position] + insertion.text.replace("\n", end) + edited[insertion.position :]
    try:
        is_meant = parse_config(edited, "mkdocs.yml") == meant
    except ProjectError:
        is_meant = False
    if not is_meant:
        raise SiteConfigError(f"lines cannot be added to it safely; add to `plugins`: {PLUGIN}")
    return text.removesuffix(bare) + edited


def _plugin(
    text: str,
    there: tuple[Node, Node] | None,
    merged: Mapping[str, Any],
    meant: dict[str, Any],
    languages: Sequence[str],
) -> _Insertion:
    options = {PLUGIN: {**({"languages": [*languages]} if languages else {}), **_OPTIONS}}
    flow = f"{PLUGIN}: {_in_one_line(options[PLUGIN])}"

    def item_lines(indent: str) -> str:
        return f"{indent}- {PLUGIN}:\n{_option_lines(f'{indent}{_STEP * 3}', options[PLUGIN])}"

    def mapping_lines(indent: str) -> str:
        return _option_lines(indent, options)

    if there is None:
        inherited = merged.get("plugins")
        if inherited and not isinstance(inherited, dict):
            raise SiteConfigError(f"its plugins are a list in the file that INHERIT names; add `- {PLUGIN}` there")
        meant["plugins"] = options if inherited else ["search", options]
        first = "" if inherited else f"{_STEP}- search\n"
        block = mapping_lines(_STEP) if inherited else item_lines(_STEP)
        return _at_end(text, f"plugins:\n{first}{block}")
    key, node = there
    _refuse_alias(key, node, "plugins")
    if isinstance(node, SequenceNode):
        meant["plugins"] = [*meant["plugins"], options]
        return _into(text, node, item_lines, f"{{{flow}}}")
    if isinstance(node, MappingNode):
        meant["plugins"] = {**meant["plugins"], **options}
        return _into(text, node, mapping_lines, flow)
    raise SiteConfigError("its plugins are not a list or mapping")


def _navigation(text: str, there: tuple[Node, Node] | None, pages: list[str], meant: dict[str, Any]) -> _Insertion:
    if there is None:
        raise SiteConfigError(f"its `nav` is in the file that INHERIT names; add there: {', '.join(pages)}")
    key, node = there
    _refuse_alias(key, node, "nav")
    assert isinstance(node, SequenceNode)
    meant["nav"] = [*meant["nav"], {SECTION: pages}]

    def lines(indent: str) -> str:
        return f"{indent}- {SECTION}:\n" + "".join(f"{indent}{_STEP * 2}- {page}\n" for page in pages)

    return _into(text, node, lines, f"{{{SECTION}: [{', '.join(pages)}]}}")


def _missing(nav: object, pages: Iterable[str]) -> list[str]:
    listed = set(_texts(nav))
    return [page for page in pages if page not in listed]


def _texts(nav: object) -> Iterator[str]:
    if isinstance(nav, str):
        yield nav
    elif isinstance(nav, list | dict):
        for below in nav.values() if isinstance(nav, dict) else nav:
            yield from _texts(below)


def _into(text: str, node: SequenceNode | MappingNode, lines: Callable[[str], str], flow: str) -> _Insertion:
    """The end of a list or a mapping: lines of its own in a block, one more entry between brackets."""
    if node.flow_style:
        if not node.value:
            return _Insertion(node.end_mark.index - 1, flow)
        return _Insertion(_entries(node)[-1].end_mark.index, f", {flow}")
    last: Node = node
    while isinstance(last, SequenceNode | MappingNode) and not last.flow_style:
        last = _entries(last)[-1]
    indent = " " * node.start_mark.column
    begin = _next_line(text, last)
    ends_open = begin == len(text) and not text.endswith("\n")
    return _Insertion(begin, ("\n" if ends_open else "") + lines(indent))


def _next_line(text: str, last: Node) -> int:
    """The index of the line behind a node, and behind a comment on the node's last line."""
    index: int = last.end_mark.index
    if isinstance(last, ScalarNode) and last.style in ("|", ">"):
        # PyYAML ends it where the next word begins.
        index = len(text[:index].rstrip())
    found = text.find("\n", index)
    return len(text) if found < 0 else found + 1


def _entries(node: SequenceNode | MappingNode) -> list[Node]:
    """The values of a list or a mapping; a block has one at least."""
    return node.value if isinstance(node, SequenceNode) else [value for _, value in node.value]


def _refuse_alias(key: Node, node: Node, name: str) -> None:
    if node.start_mark.index < key.end_mark.index:
        raise SiteConfigError(f"its `{name}` is defined elsewhere, by an alias; write it out")


def _at_end(text: str, block: str) -> _Insertion:
    return _Insertion(len(text), ("" if text.endswith("\n") else "\n") + "\n" + block)


def _option_lines(indent: str, options: Mapping[str, Any]) -> str:
    return "".join(
        f"{indent}{name}:\n{_option_lines(indent + _STEP, value)}"
        if isinstance(value, Mapping)
        else f"{indent}{name}: {_scalar(value)}\n"
        for name, value in options.items()
    )


def _in_one_line(options: Mapping[str, Any]) -> str:
    parts = (
        f"{name}: {_in_one_line(value) if isinstance(value, Mapping) else _scalar(value)}"
        for name, value in options.items()
    )
    return f"{{{', '.join(parts)}}}"


def _scalar(value: object) -> str:
    if isinstance(value, list):
        return f"[{', '.join(value)}]"
    return "off" if value is False else str(value)

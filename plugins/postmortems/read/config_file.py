"""MkDocs' configuration file → its values, as MkDocs reads them.

`INHERIT` and `!ENV` are read by the packages that MkDocs uses; tags of other plugins are tolerated.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import mergedeep  # type: ignore[import-untyped]
import yaml
from yaml.constructor import ConstructorError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from yaml_env_tag import construct_env_tag  # type: ignore[import-untyped]

from postmortems.model.source import Source
from postmortems.read.opening import UnreadableError, text_of
from postmortems.read.text import LARGEST, with_line_feeds
from postmortems.read.yaml_syntax import index_of


class ProjectError(Exception):
    """The configuration cannot be used; each line of `lines` says one thing that is wrong with it."""

    def __init__(self, *lines: str) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def load_config(config: Path, seen: tuple[Path, ...] = ()) -> dict[str, Any]:
    """The values of a configuration file. Raises ProjectError; `seen` are the files that inherit from it."""
    text = _text_of(config)
    if (true := Path(os.path.realpath(config))) in seen:
        raise ProjectError(f"{config}: INHERIT leads back to the same file")
    data = parse_config(text, str(config))
    parent = data.pop("INHERIT", None)
    if isinstance(parent, str):
        inherited = load_config(config.parent / parent, (*seen, true))
        try:
            mergedeep.merge(inherited, data)
        except RecursionError:
            raise ProjectError(f"{config}: is nested too deeply") from None
        return inherited
    return data


def parse_config(text: str, config: str) -> dict[str, Any]:
    """The values that the text of a configuration file holds itself. Raises ProjectError, which names it `config`."""
    try:
        data = yaml.load(text, _Loader)  # noqa: S506 - a safe loader with three constructors of our own
    except yaml.YAMLError as error:
        index = index_of(error, text)
        place = Source(config, text).place_at(index or 0)
        where = "" if index is None else f":{place.line}:{place.column}"
        reason = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be parsed"
        raise ProjectError(f"{config}{where}: is not valid YAML: {reason}") from None
    except RecursionError:
        raise ProjectError(f"{config}: is nested too deeply") from None
    if not isinstance(data, dict):
        raise ProjectError(f"{config}: holds no settings")
    return data


def _text_of(config: Path) -> str:
    try:
        return with_line_feeds(text_of(config, LARGEST, "too large for a configuration"))
    except UnreadableError as error:
        raise ProjectError(str(error)) from None


class _Loader(yaml.SafeLoader):
    """A safe loader that resolves `!ENV`, and lets every other tag stand for its plain value."""

    def construct_object(self, node: Node, deep: bool = False) -> object:
        """The value of a node; what PyYAML raises where it is none becomes an error at its place."""
        try:
            value: object = super().construct_object(node, deep)
            if isinstance(value, int):
                str(value)  # Python refuses to print a number of thousands of digits.
            return value
        except (yaml.YAMLError, RecursionError):
            raise
        except Exception:
            kind = node.tag.rpartition(":")[2]
            written = str(node.value)[:40] if isinstance(node, ScalarNode) else "a value"
            raise ConstructorError(None, None, f'"{written}" is no {kind}', node.start_mark) from None


def _tolerated(loader: yaml.SafeLoader, _suffix: str, node: Node) -> object:
    if isinstance(node, MappingNode):
        return loader.construct_mapping(node, deep=True)
    if isinstance(node, SequenceNode):
        return loader.construct_sequence(node, deep=True)
    return loader.construct_scalar(node) if isinstance(node, ScalarNode) else None


_Loader.add_constructor("!ENV", construct_env_tag)
_Loader.add_multi_constructor("!", _tolerated)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", _tolerated)

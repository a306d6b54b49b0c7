"""YAML → plain values, every one with its place, in one pass over the nodes.

YAML's surprises stay visible: times and dates stay as written, `14:23` and `no` become the number and the truth
value that other programs will see, but keep the author's spelling beside them. Duplicate keys are reported and
the first one holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

import yaml
from yaml.constructor import ConstructorError, SafeConstructor
from yaml.events import CollectionEndEvent, CollectionStartEvent
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from postmortems.model.diagnostic import Problem
from postmortems.model.place import Place
from postmortems.model.postmortem import KeyPath
from postmortems.model.source import Source
from postmortems.read.yaml_syntax import syntax_problem

_TAG = "tag:yaml.org,2002:"
_DEEPEST = 20
_DEEPEST_BRACKETS = 200
"""Checked before composing: libyaml's composer recurses in C, where too deep a nesting would end the process."""

_NESTING_SIGN = re.compile(r"[-?][ \t]")

_LONGEST_NUMBER = 100
"""A longer run of digits stays text: Python refuses to print what it makes of it, and base sixty takes for ever."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits of what is read. Values are counted as they are met: aliases multiply."""

    characters: int
    values: int


FRONT_MATTER = Bounds(256 * 1024, 10_000)

TOO_MUCH = "the YAML has too many values or is nested too deeply"
"""The message where these bounds are passed, by aliases in aliases above all."""


@dataclass
class YamlDocument:
    """A YAML document as values: `data` is made of dict, list, str, bool, int, float and None.

    `places` says where each value is, `keys` where its key does, and `spelling` how a scalar was written. `scalars`
    are the places of all keys and scalars, whether or not their values were of any use. `whole` is false where there
    was more than is read, so that what seems missing may be there.
    """

    data: object = None
    places: dict[KeyPath, Place] = field(default_factory=dict)
    keys: dict[KeyPath, Place] = field(default_factory=dict)
    spelling: dict[KeyPath, str] = field(default_factory=dict)
    scalars: list[Place] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    whole: bool = True


def read_yaml(source: Source, *, called: str = "the front matter", bounds: Bounds = FRONT_MATTER) -> YamlDocument:
    """The document in a text; never raises. `called` is what messages call it."""
    document = YamlDocument()
    # libyaml passes over a byte order mark, and does not count it.
    source = replace(source, text=source.text.removeprefix("\ufeff"))
    text, begin = source.text, source.place(source.first)
    if len(text) > bounds.characters:
        problem = f"the YAML is {len(text):,} characters; only {bounds.characters:,} are read"
        document.problems.append(_invalid(begin, problem, "shorten it"))
        return document
    if _nests_too_deeply(text):
        document.problems.append(_invalid(begin, "the YAML is nested too deeply", "flatten it"))
        return document
    loader = yaml.CSafeLoader(text)
    try:
        node = loader.get_single_node()
    except yaml.YAMLError as error:
        document.problems.append(syntax_problem(error, source, called))
        return document
    except RecursionError:
        document.problems.append(_invalid(begin, "the YAML is nested too deeply", "flatten it"))
        return document
    finally:
        loader.dispose()
    if node is not None:
        _Walk(document, source, bounds.values).value(node, ())
    return document


class _Walk:
    """One pass over the nodes of a document."""

    def __init__(self, document: YamlDocument, source: Source, most: int) -> None:
        self.document, self.source, self.most = document, source, most
        self.constructor = SafeConstructor()
        self.met = 0
        self.document.data = None

    def value(self, node: Node, keys: KeyPath) -> object:
        self.met += 1
        place = self._place(node)
        if self.met > self.most or len(keys) > _DEEPEST:
            if self.document.whole:
                self.document.whole = False
                self.document.problems.append(_invalid(place, TOO_MUCH, "shorten it"))
            return None
        self.document.places[keys] = place
        made: object = None
        if isinstance(node, MappingNode):
            made = self._mapping(node, keys)
        elif isinstance(node, SequenceNode):
            made = [self.value(item, (*keys, index)) for index, item in enumerate(node.value)]
        elif isinstance(node, ScalarNode):
            made = self._scalar(node, keys)
        if not keys:
            self.document.data = made
        return made

    def _mapping(self, node: MappingNode, keys: KeyPath) -> object:
        made: dict[str, object] = {}
        for key_node, value_node in node.value:
            place = self._place(key_node)
            if not isinstance(key_node, ScalarNode):
                self.document.problems.append(_invalid(place, "a key is a list or a mapping", "write a plain word"))
                continue
            self.document.scalars.append(place)
            key = str(key_node.value)
            if key in made:
                first = self.document.keys[(*keys, key)]
                self.document.problems.append(
                    Problem(
                        "duplicate-key",
                        place,
                        f'"{key}" is set twice; the first is on line {first.line}',
                        "keep one: YAML parsers silently drop the other",
                    )
                )
                continue
            self.document.keys[(*keys, key)] = place
            made[key] = self.value(value_node, (*keys, key))
        return made

    def _scalar(self, node: ScalarNode, keys: KeyPath) -> object:
        written = str(node.value)
        self.document.spelling[keys] = written
        self.document.scalars.append(self.document.places[keys])
        kind = node.tag.removeprefix(_TAG)
        if kind in ("str", "timestamp", "value", "merge"):
            return written
        if kind == "null":
            return None
        if kind in ("int", "float") and len(written) > _LONGEST_NUMBER:
            return written
        try:
            if kind == "bool":
                return self.constructor.construct_yaml_bool(node)
            if kind == "int":
                return self.constructor.construct_yaml_int(node)
            if kind == "float":
                return self.constructor.construct_yaml_float(node)
        except (ValueError, LookupError, ArithmeticError, ConstructorError):
            return written  # The tag says what the text is not: `!!int ""`.
        self.document.problems.append(
            _invalid(self._place(node), f'the tag "{node.tag}" is not supported', "remove the tag")
        )
        return written

    def _place(self, node: Node) -> Place:
        return self.source.stretch(node.start_mark.index, node.end_mark.index)


def _invalid(place: Place, message: str, help: str) -> Problem:  # noqa: A002
    return Problem("invalid-yaml", place, message, help)


def _nests_too_deeply(text: str) -> bool:
    """True if the values nest deeper than can be composed. Only where it may be so are they counted one by one: a
    long file of titles that were cut off within a bracket looks deep and is not."""
    if text.count("[") + text.count("{") + len(_NESTING_SIGN.findall(text)) <= _DEEPEST_BRACKETS:
        return False
    if _bracket_depth(text) <= _DEEPEST_BRACKETS:
        return False
    loader, depth = yaml.CSafeLoader(text), 0
    try:
        while depth <= _DEEPEST_BRACKETS and loader.check_event():
            event = loader.get_event()
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
    except yaml.YAMLError:
        pass  # Composing stops at the same place, and says why.
    finally:
        loader.dispose()
    return depth > _DEEPEST_BRACKETS


def _bracket_depth(text: str) -> int:
    """An upper bound of how deeply flow brackets and block dashes nest, counting those in quotes too."""
    depth = deepest = 0
    for character in text:
        if character in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "]}":
            depth -= 1
    # `- - - x` and `? ? ? x` nest on one line, too.
    return max(deepest, max(len(_NESTING_SIGN.findall(line)) for line in text.split("\n")))

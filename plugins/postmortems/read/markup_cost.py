"""Texts that Python-Markdown, which MkDocs makes pages with, would take hours for or die of.

Python-Markdown looks for the end of a link from every bracket on, cuts a paragraph anew at every mark, numbers equal
headings one by one, and calls itself for what is nested. It does so after MkDocs has removed the old site. Here such a
text is told by counts that take time in proportion to its length.

Maintainers: the bounds were found by trying 190 shapes with the extensions that people use, and lie at ten times and
more of what is in 250 public postmortems (`benchmarks/markup.py` does both). A page just below one takes a second.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterator

from postmortems.model.diagnostic import Problem
from postmortems.model.source import Source

_MOST_REACH = 500_000
"""The sum, over all brackets or tags that open, of the characters up to where they close, or to the end."""
_MOST_CUTS = 300_000_000
"""The sum, over all paragraphs, cells and items, of their marks times their length."""
_MOST_NESTED = 100
"""Maximum depth of nested lists, quotes, boxes and elements with Markdown in them."""
_MOST_OPEN = 1_500
_MOST_EMPHASIS = 200
_MOST_ALIKE = 500
_MOST_FENCES = 1_000
_MOST_WORDS = 50_000_000
"""The number of abbreviations times the length of the text in which each is looked for."""

_MARKS = (*"*_`~^=+&\\!{}<[|$:@", "  \n")
_FENCE = re.compile(r"[ \t]*(`{3,}|~{3,})[ \t]*[\w+#.-]*[ \t]*$")
_BLANK_LINE = re.compile(r"(?<=\n)[ \t]+(?=\n)")
_BRACKET = re.compile(r"\]\(|[\[\])]")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ELEMENT = re.compile(r"<(/?)([A-Za-z][\w-]{0,40})")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_MARKDOWN = re.compile(r"\bmarkdown(?=[\s=>/\"'])", re.IGNORECASE)
_EMPHASIS = re.compile(r"(?P<opens>(?<![\w*_~^=])[*_~^=]{1,3}(?=[^\s*_~^=]))|(?<=[^\s*_~^=])[*_~^=]{1,3}(?!\w)")
_ITEM = r"(?:[-*+]|\d{1,9}[.)])"
_ITEMS = re.compile(rf"\n(?= {{0,3}}{_ITEM}[ \t])")
_FIRST_ITEM = re.compile(rf" {{0,3}}{_ITEM}[ \t]")
_TABLE = re.compile(r"[^\n]*\n[ |:-]*-[ |:-]*(?:\n|$)")
_NESTED = re.compile(
    rf"^[ \t]*(?:(?:{_ITEM}|:)[ \t]+|>[ \t]*){{{_MOST_NESTED + 1}}}[^\n]*[^\s>:*+-]"
    rf"|^[ \t]{{{4 * _MOST_NESTED}}}[ \t]*(?:(?:{_ITEM}|:)[ \t]|>|!!!|\?\?\?|===|\[\^)",
    re.MULTILINE,
)
_HEADING = re.compile(r" {0,3}#{1,6}(?P<words>[^\n]*)")
_UNDERLINE = re.compile(r"(?:=+|-+)[ \t]*")
_NO_SLUG = re.compile(r"\W+")


def overcomplex(source: Source) -> Problem | None:
    """The problem of a text that Python-Markdown could not bear, or None."""
    if _is_surely_simple(source.text):
        return None
    found = next(_reasons(source.text), None)
    if found is None:
        return None
    line, reason = found
    advice = "write it as a block of code between ``` and ```, or split the text"
    return Problem("overcomplex-markup", source.place(source.first + line), reason, advice)


def _is_surely_simple(text: str) -> bool:
    """True if no bound can be passed, by counts that C makes: so nearly every text is done with."""
    if len(text) < _MOST_NESTED:
        return True
    longest = max(map(len, text.split("\n\n")))
    count = text.count
    return (
        count("[") * longest < _MOST_REACH
        and count("<") < _MOST_NESTED
        and count("*") + count("_") + count("~") + count("^") + count("=") < _MOST_EMPHASIS
        and len(text) * longest < _MOST_CUTS  # there are not more marks than characters
        and count("#") + count("\n=") + count("\n-") < _MOST_ALIKE
        and count("```") + count("~~~") < _MOST_FENCES
        and count("*[") * len(text) < _MOST_WORDS
        and count("\t") < _MOST_NESTED
        and _NESTED.search(text) is None
    )


def _reasons(text: str) -> Iterator[tuple[int, str]]:
    """The reasons why a text is too much, each with a line from 0."""
    lines, fences = _outside_fences(text)
    if fences > _MOST_FENCES:
        yield 0, f"the text has {fences:,} blocks of code, more than the {_MOST_FENCES:,} of a page"
    prose = _BLANK_LINE.sub("", "\n".join(lines))
    if nested := _NESTED.search(prose.expandtabs(4)):
        place = nested.string.count("\n", 0, nested.start())
        yield place, f"lists, quotes or boxes are nested more than {_MOST_NESTED} deep"
    yield from _alike(lines)
    yield from _tags(prose)
    yield from _in_line(prose)


def _outside_fences(text: str) -> tuple[list[str], int]:
    """The lines of a text, empty ones in place of those within blocks of code, and the number of such blocks.

    Only what every parser takes for one counts: a fence with at most one word behind it, and one that closes it.
    """
    lines = text.split("\n")
    fences, begin, fence = 0, 0, ""
    for number, line in enumerate(lines):
        if not ("```" in line or "~~~" in line):
            continue
        bare = line.strip()
        if not fence:
            if found := _FENCE.match(line):
                fence, begin, fences = found[1], number, fences + 1
        elif bare.startswith(fence) and not bare.strip(fence[0]):
            lines[begin : number + 1] = [""] * (number + 1 - begin)
            fence = ""
    return lines, fences


def _alike(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Headings with one address, and definitions that each are looked for in the whole text."""
    headings: Counter[str] = Counter()
    definitions: Counter[str] = Counter()
    for number, line in enumerate(lines):
        if "#" in line[:4] and (found := _HEADING.match(line)):
            headings[_NO_SLUG.sub("-", found["words"]).strip("-").lower()] += 1
        elif line[:1] in ("=", "-") and number and _UNDERLINE.fullmatch(line):
            headings[_NO_SLUG.sub("-", lines[number - 1]).strip("-").lower()] += 1
        elif line.lstrip()[:2] in ("[^", "*["):
            definitions[line.lstrip()[:2]] += 1
    for words, count in headings.most_common(1):
        if count > _MOST_ALIKE:
            yield 0, f'{count:,} headings have the address "{words[:80]}", and {_MOST_ALIKE} can be told apart'
    uses = sum(line.count("[^") for line in lines)
    if definitions["[^"] and uses > 2 * _MOST_ALIKE:
        yield 0, f"the text has {uses:,} footnotes and references to them, more than the {2 * _MOST_ALIKE:,} of a page"
    if definitions["*["] * sum(map(len, lines)) > _MOST_WORDS:
        yield 0, f"the text has {definitions['*[']:,} abbreviations, too many for its length"


def _tags(prose: str) -> Iterator[tuple[int, str]]:
    """Tags that do not end, and elements that do not."""
    reach, ends = 0, [found.start() for found in re.finditer(">", prose)]
    for found in _TAG.finditer(prose):
        following = bisect(ends, found.start())
        reach += (ends[following] if following < len(ends) else len(prose)) - found.start()
        if reach > _MOST_REACH:
            yield prose.count("\n", 0, found.start()), 'too many tags begin with "<" and do not end'
            return
    # What has the attribute `markdown` is rendered by a call within the call for what it is in.
    most = _MOST_NESTED if len(_MARKDOWN.findall(prose)) > _MOST_NESTED else _MOST_OPEN
    depth = 0
    for element in _ELEMENT.finditer(prose):
        closes, name = element.groups()
        depth = depth if name.lower() in _VOID else max(0, depth - 1) if closes else depth + 1
        if depth > most:
            yield prose.count("\n", 0, element.start()), f"elements of HTML are nested more than {most:,} deep"
            return


def _in_line(prose: str) -> Iterator[tuple[int, str]]:
    """Check paragraphs, cells and items for brackets, marks and emphases that cost too much."""
    reach = cuts = start = 0
    for block in prose.split("\n\n"):
        for unit in _units(block):
            reach += _reach(unit)
            cuts += len(unit) * sum(map(unit.count, _MARKS))
            reason = ""
            if reach > _MOST_REACH:
                reason = f'{unit.count("["):,} brackets "[" do not close, or close far away'
            elif cuts > _MOST_CUTS:
                reason = f"a paragraph of {len(unit):,} characters holds too many marks"
            elif len(unit) > _MOST_EMPHASIS and _emphasis_depth(unit) > _MOST_EMPHASIS:
                reason = f"more than {_MOST_EMPHASIS} emphases begin in one another"
            if reason:
                yield prose.count("\n", 0, start), reason
                return
        start += len(block) + 2


def _units(block: str) -> list[str]:
    """Parts of a block that are searched for marks on their own: rows of a table and items of a list."""
    if "|" in block and _TABLE.match(block):
        return block.split("\n")
    return _ITEMS.split(block) if _FIRST_ITEM.match(block) else [block]


def _reach(unit: str) -> int:
    """Total distance between opening and closing brackets."""
    total = 0
    links: list[int] = []
    targets: list[int] = []
    for found in _BRACKET.finditer(unit):
        sign, place = found[0], found.start()
        if sign == "[":
            links.append(place)
        elif sign == ")":
            total += place - targets.pop() if targets else 0
        else:
            total += place - links.pop() if links else 0
            if sign == "](":
                targets.append(place)
    return total + sum(len(unit) - place for place in (*links, *targets))


def _emphasis_depth(unit: str) -> int:
    """Maximum number of emphases that are open at the same time."""
    depth = deepest = 0
    for mark in _EMPHASIS.finditer(unit):
        depth = depth + 1 if mark["opens"] else max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest

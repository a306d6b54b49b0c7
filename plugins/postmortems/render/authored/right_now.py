"""The sections of a pattern's page that a responder needs first: *Right now*, and *You may see* below it.

`## Right now` is a list whose items begin with a bold *Check*, *Do* or *Don't*. The code span that ends an item, or a
block of code in it, is its command. `## You may see` is a list of symptoms; without it the bold words are listed that
begin the paragraphs of "What it looks like".

Maintainers: this works on the tree of Python-Markdown behind its inline text, so that links are resolved and the table
of contents follows the order of the page.
"""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

RIGHT_NOW = "right now"
_YOU_MAY_SEE = "you may see"
_LOOKS_LIKE = ("what it looks like", "symptoms")
_KINDS = {"check": "", "do": "", "don't": " pm-now__dont", "do not": " pm-now__dont"}
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_LISTS = frozenset(("ol", "ul"))
_END = re.compile(r"[\s.:;,]*")
_MOST_SYMPTOMS = 8
PRIORITY = 15
"""Behind the inline text (20) and before the table of contents (5)."""


class RightNow(Treeprocessor):
    """Puts both sections first and gives their parts the classes that the stylesheet knows."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)

    def run(self, root: ET.Element) -> None:
        """Change the tree of a pattern's page."""
        place = 0
        if section := _taken(root, RIGHT_NOW):
            box = ET.Element("div", {"class": "pm-now"})
            box.extend(section)
            for steps in section:
                if steps.tag in _LISTS:
                    for item in steps:
                        _step(item)
            root.insert(0, box)
            place = 1
        symptoms = _taken(root, _YOU_MAY_SEE) or _symptoms(root)
        for part in symptoms:
            if part.tag in _LISTS:
                part.set("class", "pm-symptoms")
            root.insert(place, part)
            place += 1


def _words(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _title(element: ET.Element) -> str:
    return _words(element).casefold().replace("’", "'") if element.tag in _HEADINGS else ""


def _section(root: ET.Element, *titles: str) -> list[ET.Element]:
    """The heading with one of these titles and all up to the next heading of its level or above; empty without one."""
    children = list(root)
    for index, heading in enumerate(children):
        if heading.tag != "h1" and _title(heading) in titles:
            end = next(
                (at for at in range(index + 1, len(children)) if children[at].tag in _HEADINGS
                 and children[at].tag <= heading.tag),
                len(children),
            )  # fmt: skip
            return children[index:end]
    return []


def _taken(root: ET.Element, title: str) -> list[ET.Element]:
    """The same, taken out of its place."""
    section = _section(root, title)
    for part in section:
        root.remove(part)
    return section


def _symptoms(root: ET.Element) -> list[ET.Element]:
    """A section of the bold words that lead the paragraphs, or items, of "What it looks like"; none for fewer than two.

    The words stay where they are.
    """
    leads = [
        words
        for part in _section(root, *_LOOKS_LIKE)[1:]
        for paragraph in (part if part.tag in _LISTS else [part])
        if (words := _lead(paragraph))
    ]
    if len(leads) < 2:
        return []
    heading, listed = ET.Element("h2"), ET.Element("ul")
    heading.text = "You may see"
    for words in leads[:_MOST_SYMPTOMS]:
        ET.SubElement(listed, "li").text = words
    return [heading, listed]


def _lead(paragraph: ET.Element) -> str:
    inner = _first_paragraph(paragraph)
    bold = _leading_bold(inner)
    return _words(bold).rstrip(".,:;") if bold is not None else ""


def _first_paragraph(element: ET.Element) -> ET.Element:
    """The paragraph that a list item of several blocks begins with; of one block, the element itself."""
    first = next(iter(element), None)
    is_wrapped = first is not None and first.tag == "p" and not (element.text or "").strip()
    return first if is_wrapped and first is not None else element


def _leading_bold(element: ET.Element) -> ET.Element | None:
    first = next(iter(element), None)
    return first if first is not None and first.tag == "strong" and not (element.text or "").strip() else None


def _step(item: ET.Element) -> None:
    """A list item as one step: its kind, its sentence and its command."""
    bold = _leading_bold(_first_paragraph(item))
    kind = _words(bold).rstrip(".:,").casefold().replace("’", "'") if bold is not None else ""
    if bold is None or kind not in _KINDS:
        return
    paragraph = _first_paragraph(item)
    label = ET.Element("span", {"class": f"pm-now__kind{_KINDS[kind]}"})
    label.text = _words(bold).rstrip(".:,").replace("'", "’")
    paragraph.text = _with_capital((bold.tail or "").lstrip(" .:,\n"))
    paragraph.remove(bold)
    sentence = paragraph
    if paragraph is item:
        sentence = ET.Element("p")
        sentence.text, item.text = item.text, None
        blocks = [part for part in item if part.tag in _LISTS or part.tag in ("pre", "div")]
        for part in list(item):
            item.remove(part)
            if part not in blocks:
                sentence.append(part)
        item.append(sentence)
        item.extend(blocks)
    item.insert(0, label)
    _command(item, sentence)
    for part in item:
        if (part.tag in ("pre", "div") and part.get("class") != "pm-copy") or _is_stashed(part):
            _copied(item, part)


def _with_capital(text: str) -> str:
    """A text of which the first word has its capital again, as its kind is beside it and no longer in front."""
    first = text.partition(" ")[0]
    return text[:1].upper() + text[1:] if first.isalpha() and first.islower() else text


def _command(item: ET.Element, sentence: ET.Element) -> None:
    """The code span that ends a sentence becomes the step's command."""
    last = next(reversed(list(sentence)), None)
    if last is None or last.tag != "code" or not _END.fullmatch(last.tail or ""):
        return
    sentence.remove(last)
    last.tail = None
    copied = ET.Element("div", {"class": "pm-copy"})
    copied.append(last)
    item.insert(list(item).index(sentence) + 1, copied)


def _is_stashed(part: ET.Element) -> bool:
    """True for a fenced block, of which the tree has only the number under which Python-Markdown keeps its HTML."""
    return part.tag == "p" and len(part) == 0 and bool(re.fullmatch("\x02wzxhzdk:\\d+\x03", (part.text or "").strip()))


def _copied(item: ET.Element, block: ET.Element) -> None:
    place = list(item).index(block)
    item.remove(block)
    copied = ET.Element("div", {"class": "pm-copy"})
    copied.append(block)
    item.insert(place, copied)

"""Nodes of Atlassian Document Format, to write down made-up documents in short."""

from __future__ import annotations


def doc(*content: object) -> dict[str, object]:
    return {"version": 1, "type": "doc", "content": list(content)}


def node(kind: str, *content: object, **attrs: object) -> dict[str, object]:
    return {"type": kind, "content": list(content), **({"attrs": attrs} if attrs else {})}


def text(words: str, *marks: object) -> dict[str, object]:
    given = [mark if isinstance(mark, dict) else {"type": mark} for mark in marks]
    return {"type": "text", "text": words, **({"marks": given} if given else {})}


def p(*content: object) -> dict[str, object]:
    return node("paragraph", *[text(one) if isinstance(one, str) else one for one in content])


def heading(level: int, words: str) -> dict[str, object]:
    return node("heading", text(words), level=level)


def item(*content: object) -> dict[str, object]:
    return node("listItem", *content)

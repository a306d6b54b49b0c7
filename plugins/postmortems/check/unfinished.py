"""Words by which an author says that something is still to be written, in a line of text or in a value.

A marker in capitals (`TODO`, `TBD`) counts where it is like one: alone, at the beginning or the end of a text,
before a colon, or in brackets. In the middle of a sentence `TODO` may be a thing ("the TODO app"), and so it may before
a noun or a number (`TODO-12`); `TBD` is nothing else. In small letters, and as a phrase ("to be written"), it counts
where it is all there is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_WORDS = r"(?:todo|to-do|tbd|tbc|tba|fixme|xxx|wip|t\.b\.[dca]\.?)"
_SUBJECT = (
    r"(?:(?:this|the|more|all|further)[ ])?"
    r"(?:(?:section|part|text|details?|analysis|root[ ]cause|cause|timeline|summary|impact|lessons?|actions?|rest)[ ])?"
    r"(?:(?:is|are|has|have|will|still|yet|be|needs?)[ ]){0,4}"
)
_DEEDS = [
    "written",
    "added",
    "filled",
    "completed",
    "determined",
    "confirmed",
    "decided",
    "defined",
    "announced",
    "done",
    "provided",
]
_DEED = rf"(?:{'|'.join(_DEEDS)})(?:[ ](?:in|out|up))?"
_PHRASE = (
    rf"(?:{_SUBJECT}to[ ]be[ ]{_DEED}|{_SUBJECT}(?:to[ ]follow|to[ ]come)|fill[ ](?:me|this)?[ ]?(?:in|out)"
    r"|coming[ ]soon|work[ ]in[ ]progress|not[ ](?:yet[ ])?written(?:[ ]yet)?"
    r"|not[ ]yet[ ](?:known|available|filled[ ]in)|n/?a[ ]yet|placeholder|lorem[ ]ipsum)"
    r"(?:[ ](?:later|soon|here|by[ ].{1,40}|after[ ].{1,40}))?"
)
_ALONE = re.compile(rf"(?:{_WORDS}|\?{{2,}}|{_PHRASE})", re.IGNORECASE)

_NOUNS = (
    "app apps application api service services list lists page pages backend frontend server database db table queue"
    " team board tracker comment comments item items entry entries file files feature product project tool bot site"
    " website"
)
_NOUN = rf"(?![ ](?:{'|'.join(_NOUNS.split())})\b)"
_EDGE = r"(?<![\w/.#@\\-])"
_END = r"(?![\w/@-])(?!\.\w)"
_MARKERS = (
    rf"{_EDGE}(?:TBD|TBA|FIXME){_END}",
    rf"{_EDGE}(?:TODO|TBC|XXX){_END}(?=[ ]?:)",
    rf"(?:(?<=^)|(?<=[:(\[–—])|(?<=[:–—][ ]))(?:TODO|XXX){_END}{_NOUN}",
    r"(?<=^)(?i:todo|to-do|tbd|fixme)(?=[ ]?:)",
    rf"{_EDGE}(?:TODO|TBC|XXX)(?=[ ]?[.!)\]]?$|[)\]])",
    r"(?:(?<=^)|(?<=[\s(:\[]))\?{3,}(?![\w?])",
    r"(?<=[(\[])(?:to[ ]be[ ](?:written|added|determined|confirmed|completed|filled[ ]in)|tbd|tbc)(?=[)\]])",
    rf"(?<=:[ ])(?:tbd|tbc|{_PHRASE})(?=[.!]?$)",
    r"(?i:\blorem[ ]ipsum\b)",
)
_MARKER = re.compile("|".join(_MARKERS))
_SIGNS = (
    *("todo", "to-do", "tbd", "tbc", "tba", "t.b.", "fixme", "xxx", "wip", "??", "to follow", "to come"),
    *(f"to be {deed}" for deed in _DEEDS),
    *("fill in", "fill out", "fill me", "fill this", "coming soon", "work in progress", "not written", "not yet "),
    *("n/a yet", "na yet", "placeholder", "lorem ipsum"),
)
"""Plain searches, which cost a twentieth of a regular expression that looks for all of them."""
_AROUND = " \t*_~.!,;:–—-()[]<>"
_LONGEST = 100


def suspicious_lines(text: str) -> list[int]:
    """The indexes of the lines that hold a word of those that are looked for, in order; wrong on the safe side."""
    lower = text.lower()
    found: set[int] = set()
    for sign in _SIGNS:
        line, counted, start = 0, 0, lower.find(sign)
        while start >= 0:
            line, counted = line + lower.count("\n", counted, start), start
            found.add(line)
            end = lower.find("\n", start)
            start = lower.find(sign, end) if end >= 0 else -1
    return sorted(found)


def is_unfinished(text: str) -> bool:
    """True if a text is nothing but a word such as TODO."""
    bare = " ".join(text.strip(_AROUND).split())
    return len(bare) <= _LONGEST and bool(_ALONE.fullmatch(bare))


def unfinished(text: str) -> Iterator[tuple[int, str]]:
    """The places of one line, item or cell that say so, each with its offset and words."""
    if is_unfinished(text):
        shown = text.strip(" \t")
        yield text.index(shown), shown
        return
    begin = len(text) - len(text.lstrip(" \t*_~"))
    end = len(text.rstrip(" \t*_~"))
    for found in _MARKER.finditer(text[begin:end]):
        yield begin + found.start(), found.group()

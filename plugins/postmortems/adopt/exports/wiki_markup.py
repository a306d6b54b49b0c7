"""Jira's older wiki markup → Markdown: headings, lists, tables, code and links; every other sign is text."""

from __future__ import annotations

import re

from postmortems.adopt.exports.plain_markdown import address, at_start, inline, run

_SIGN_OF_WIKI = re.compile(
    r"^h[1-6]\. |^\|\||\{(?:code|noformat|quote|panel)\b|^[*#]{1,3} |\[[^\]\n|]{1,200}\|https?:", re.MULTILINE
)
_HEADING = re.compile(r"h([1-6])\.\s+(.*)")
_ITEM = re.compile(r"\s*([*#-]{1,6})\s+(.*)")
_CODE = re.compile(r"\{(code|noformat)(?::[^{}]{0,100})?\}")
_MACRO = re.compile(r"\{(?:quote|panel|color|info|note|warning|tip)(?::[^{}]{0,200})?\}")
_INLINE = re.compile(
    r"\[([^\[\]|\n]{1,500})\|(https?://[^\[\]|\s]{1,1000})(?:\|[^\[\]\n]{0,50})?\]|\[(https?://[^\[\]|\s]{1,1000})\]|\{\{([^{}\n]{1,300})\}\}"
)


def is_wiki(text: str) -> bool:
    """True if a text has the markup's signs."""
    return _SIGN_OF_WIKI.search(text) is not None


def markdown_of_wiki(text: str) -> str:
    """A text as Markdown that is safe."""
    made: list[str] = []
    parts = _CODE.split(text)
    # The split gives text, the macro's name, text, …: what is between two macros of one name is code.
    in_code = False
    for index in range(0, len(parts), 2):
        if in_code:
            code = parts[index].strip("\n").replace("```", "'''")
            made.append(f"```\n{_without_includes(code)}\n```")
        else:
            made += _lines(parts[index])
        in_code = not in_code and index + 1 < len(parts)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(made)).strip()


def _without_includes(code: str) -> str:
    return re.sub(r"^(\s*)(;*-+8<-)", r"\1;\2", code, flags=re.MULTILINE)


def _lines(text: str) -> list[str]:
    made: list[str] = []
    in_table = False
    for line in _MACRO.sub("", text).split("\n"):
        line = line.strip()
        is_row = line.startswith("|") and line.endswith("|") and len(line) > 1
        if is_row:
            cells = [_line(cell.strip()) for cell in re.split(r"\|{1,2}", line.strip("|"))]
            made += [*([] if in_table else [""]), f"| {' | '.join(cells)} |"]
            made += [] if in_table else [f"|{' --- |' * len(cells)}"]
        elif found := _HEADING.fullmatch(line):
            made += ["", f"{'#' * int(found[1])} {_line(found[2])}", ""]
        elif found := _ITEM.fullmatch(line):
            made.append(f"{'    ' * (len(found[1]) - 1)}{'1.' if found[1][-1] == '#' else '-'} {_line(found[2])}")
        else:
            made.append(at_start(_line(line)))
        in_table = is_row
    return made


def _line(text: str) -> str:
    made: list[str] = []
    done = 0
    for found in _INLINE.finditer(text):
        made.append(run(text[done : found.start()]))
        if found[4]:
            made.append(inline(f"`{found[4]}`"))
        else:
            link = address(found[2] or found[3])
            made.append(f"[{run(found[1])}]({link})" if found[1] else f"<{link}>")
        done = found.end()
    return "".join([*made, run(text[done:])])

"""A sound postmortem with some of its text replaced."""

from __future__ import annotations

import re

_HEADING = re.compile(r"^(#{1,6}) (.+)$")


def with_keys(postmortem: str, yaml: str) -> str:
    """The postmortem with the keys of `yaml` in place of its own."""
    keys = set(re.findall(r"^([\w-]+):", yaml, re.MULTILINE))
    front, body = postmortem.removeprefix("---\n").split("---\n", 1)
    kept = [line for line in front.splitlines(keepends=True) if line.split(":")[0] not in keys]
    return f"---\n{''.join(kept)}{yaml}---\n{body}"


def with_sections(postmortem: str, markdown: str) -> str:
    """The postmortem with the sections of `markdown` in place of those with the same heading."""
    lines = postmortem.splitlines(keepends=True)
    headings = [found for line in markdown.splitlines() if (found := _HEADING.match(line))]
    if not headings:
        return f"{postmortem}\n{markdown}"
    level, title = len(headings[0][1]), headings[0].group()
    begin = next(number for number, line in enumerate(lines) if line.rstrip() == title)
    end = next(
        (n for n in range(begin + 1, len(lines)) if (found := _HEADING.match(lines[n])) and len(found[1]) <= level),
        len(lines),
    )
    return f"{''.join(lines[:begin])}{markdown}\n{''.join(lines[end:])}"

"""
## What it does

Finds incidents of the lower half of the severity scale (by default SEV3 and SEV4) whose Executive Summary or Impact
Assessment describes its upper half:

- everyone: `all customers were affected`, `every user was locked out`, `100 % of requests failed`;
- everything: `complete outage`, `the whole site was down`, `the platform was entirely unavailable`;
- loss for good: `data loss`, `orders were permanently lost`.

A part is no whole: `all customers of one region`, `all users could not export` and `a complete outage of the search`
are left alone, and so is what did not happen (`no data loss`, `without a complete outage`) or only might have. The
rule knows English words. Drills and near misses are left out.

## Why this matters

Severity decides how soon an incident should be detected, who looks at it and which figures count it. One that is
set too low in the first minutes and never looked at again hides the incidents that matter most.

## Example

```yaml
severity: SEV4
```

```markdown
## Impact Assessment

### Technical Impact

- S3 in us-east-1: a complete outage for 52 minutes.
```

## Use instead

```yaml
severity: SEV2
```

```markdown
## Impact Assessment

### Technical Impact

- S3 in us-east-1: a complete outage for 52 minutes.
```

Or say for which part it was true: `a complete outage of the search page`.

## Options

`severities` in the settings is the scale: names with what they mean, worst first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortems.check.prose import prose_of
from postmortems.check.rule import Context, Rule
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.front_matter import IncidentKind
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import Block, BlockKind
from postmortems.model.source import Source

_SECTIONS = ("Executive Summary", "Impact Assessment", "Technical Impact", "Business Impact")
_KINDS = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE)

_WHOLE = r"(?:web\s?site|site|platform|product|application|business|company)"
_GONE = r"(?:down|unavailable|unreachable|inaccessible|offline)"
_FULLY = r"(?:complete|total|full|entire|whole)"
_PEOPLE = r"(?:(?:our|of\sour|the|of\sthe)\s)?(?:customers?|users?|clients?|tenants?|members?|visitors?)"
_STATEMENTS = re.compile(
    rf"""\b(?:
      (?:complete|total|full)\soutage\b
    | complete\sloss\sof\s(?:service|availability)\b
    | (?:whole|entire)\s{_WHOLE}\s(?:was|went)\s{_GONE}\b
    | {_WHOLE}\s(?:was|went)\s(?:completely|entirely|fully|totally)\s{_GONE}\b
    | everything\swas\s{_GONE}\b
    | (?:affect|impact)(?:ed|ing|s)?\s(?:all|every)\s{_PEOPLE}\b
    | (?:all|every|100\s?%\sof)\s{_PEOPLE}\s(?:(?:was|were)\s)?
      (?:affected|impacted|locked\sout|offline|unable\sto\s(?:log\sin|sign\sin|connect)
      | (?:could\snot|couldn['’]t)\s(?:log\sin|sign\sin|connect)
      | lost\s(?:access|service|connectivity))\b
    | (?:all|every|100\s?%\sof)\s(?:the\s|our\s)?(?:requests?|traffic|calls)\s(?:(?:was|were)\s)?
      (?:failed|failing|dropped|refused|rejected|lost)\b
    | (?:customer|user|production)?\s?\bdata\sloss\b
    | lost\s(?:customer|user|production)\sdata\b
    | \w+\s(?:was|were)\s(?:permanently|irrecoverably|irretrievably)\s(?:lost|deleted|destroyed)\b
    | (?:customer|user|production)\sdata\s(?:was|were)\s(?:lost|deleted|destroyed)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
"""Patterns for statements of the upper half of a scale. Each branch begins with a literal or a choice of words: no
backtracking."""

_ONLY_A_PART = re.compile(
    r"\s{0,3}(?:[(,]\s?)?(?:of|in|on|for|to|at|from|with|within|who|whose|that|using|running|served|hosted|behind)\s"
    rf"(?!(?:the\s|our\s)?(?:whole|entire|{_WHOLE}|\d|about|around|nearly|almost|over|an?\s(?:hour|day|minute|few|total)))",
    re.IGNORECASE,
)
_NOT_SO = re.compile(
    r"\b(?:no|not|without|never|none|neither|nor|nobody|cannot|can['’]t|didn['’]t|wasn['’]t|weren['’]t|isn['’]t"
    r"|(?:could|would|might|may|should)(?!\snot)|avoid(?:ed|s|ing)?|prevent(?:ed|s|ing)?|potential(?:ly)?|possible"
    r"|risk(?:s|ed|ing)?|if|unless|almost|nearly|zero|0|staging|test|sandbox|demo|logs?|metrics?|cached?)\b",
    re.IGNORECASE,
)
_NOT_SO_AFTER = re.compile(
    r"[\s*_:|–-]{1,8}(?:none|no|not|nil|zero|0|n/a|unknown|(?:was|were|is|has\sbeen)\s(?:not|no|avoided|prevented)"
    r"|did(?:\snot|n['’]t)|cannot)\b",
    re.IGNORECASE,
)
_SENTENCE_ENDS = re.compile(r"[.!?;|]\s|\n\s*\n|\|")
_LOOK_BACK = 200


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at the first statement of an impact that is above the severity."""
    scale = list(context.settings.severities)
    severity = postmortem.front_matter.severity
    if severity not in scale or postmortem.front_matter.kind in (IncidentKind.DRILL, IncidentKind.NEAR_MISS):
        return
    upper = scale[: (len(scale) + 1) // 2]
    if severity in upper:
        return
    prose = prose_of(postmortem.body)
    found = next(
        (statement for start, end in _stretches(postmortem, prose) if (statement := _stated(prose.text, start, end))),
        None,
    )
    if found is None:
        return
    meaning = context.settings.severities[upper[-1]]
    yield Problem(
        "severity-below-impact",
        prose.place_at(found.start(), found.end() - found.start()),
        f'severity is "{severity}", and the text says "{" ".join(found.group().split())}"',
        f"compare it with {upper[-1]}{f' ({meaning})' if meaning else ''}, or say for which part it was true",
    )


def _stretches(postmortem: Postmortem, prose: Source) -> Iterator[tuple[int, int]]:
    """Begin and end, in the prose, of the text of the sections that state the impact, without headers of tables."""
    for section in postmortem.body.walk():
        if section.name in _SECTIONS:
            for block in section.blocks:
                if block.kind in _KINDS:
                    yield prose.offset_of(_first_line(block)), prose.offset_of(block.last + 1) - 1


def _first_line(block: Block) -> int:
    return block.rows[1].line if len(block.rows) > 1 else block.last + 1 if block.rows else block.first


def _stated(prose: str, start: int, end: int) -> re.Match[str] | None:
    """The first statement between two offsets that is neither denied nor about a part."""
    for found in _STATEMENTS.finditer(prose, start, end):
        before = prose[max(start, found.start() - _LOOK_BACK) : found.start()]
        sentence = _SENTENCE_ENDS.split(before)[-1]
        behind = (_ONLY_A_PART.match(prose, found.end(), end), _NOT_SO_AFTER.match(prose, found.end(), end))
        # "22 % of all requests failed"
        is_share = sentence.rstrip().lower().endswith(" of") and found.group().lower().startswith(("all", "every"))
        if not is_share and not _NOT_SO.search(sentence) and not any(behind):
            return found
    return None


RULE = Rule(
    code="PM304",
    name="severity-below-impact",
    level=Level.WARNING,
    page=__doc__,
    examine_postmortem=examine,
    softened_in_drafts=True,
)

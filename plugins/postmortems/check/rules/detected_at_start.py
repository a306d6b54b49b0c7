"""
## What it does

Finds incidents whose front matter gives one clock time for the start and for the detection, where no sentence says
that they came together: that something was detected immediately, within seconds or in the same minute. Near misses are
left out.

## Why this matters

A detection in no time is the best figure that there is, and the easiest to write by accident: when the fault began is
often not known, and the first alert is taken for both. Every such zero makes the median time to detect too good.

## Example

```yaml
started_at: 2024-02-06T14:20:00Z
detected_at: 2024-02-06T14:20:00Z
```

## Use instead

```yaml
started_at: unknown
detected_at: 2024-02-06T14:20:00Z
date: 2024-02-06
```

if it is unknown when it started; or say in *Detection Gaps* how it was detected immediately.

## Options

None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from postmortems.check.rule import Context, Rule
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.postmortem import Postmortem
from postmortems.model.section import BlockKind
from postmortems.model.timeline import same_minute

_AT_ONCE = re.compile(
    r"\b(?:at once|immediate(?:ly)?|instant(?:ly)?|right away|straight away|same (?:minute|moment|time|second)"
    r"|within (?:a )?(?:seconds?|a minute|the (?:same |first )?minute|one minute|moments)|in (?:a few )?seconds"
    r"|simultaneous(?:ly)?|as (?:soon as )?it (?:began|started|happened)|from the (?:first|very) (?:minute|start)"
    r"|in no time|no delay|without delay|while (?:they|it|the \w+) (?:was|were) (?:watching|looking))\b",
    re.IGNORECASE,
)
_NOTICED = re.compile(
    r"\b(?:detect\w*|notic\w*|alert\w*|alarm\w*|page[drs]?\b|paged|fired|fires|report\w*|saw|seen|see|found|watch\w*"
    r"|monitor\w*|observ\w*|gap|complain\w*)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?](?=\s|$)|\n\n")
_LONGEST = 600


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at `detected_at` where it equals `started_at` and the text does not say why."""
    start, detection = postmortem.front_matter.started_at, postmortem.front_matter.detected_at
    if (
        postmortem.is_near_miss
        or start is None
        or detection is None
        or not same_minute(start, detection)
        or _is_told(postmortem)
    ):
        return
    yield Problem(
        "detected-at-start",
        postmortem.place_of("detected_at"),
        f'"detected_at" is the minute of "started_at" ({start:%Y-%m-%d %H:%M} UTC), but no sentence says that it was '
        "detected immediately",
        'write "unknown" for the one you do not know, or say in Detection Gaps how it was detected immediately',
    )


def _is_told(postmortem: Postmortem) -> bool:
    """True if one sentence speaks of noticing and of "at once"."""
    for block in postmortem.body.blocks():
        texts = [block.text] if block.kind not in (BlockKind.CODE, BlockKind.COMMENT) else []
        texts += [cell for row in block.rows for cell in row.cells]
        for text in texts:
            if not _AT_ONCE.search(text):
                continue
            for sentence in _SENTENCE.split(text):
                if _AT_ONCE.search(sentence[:_LONGEST]) and _NOTICED.search(sentence[:_LONGEST]):
                    return True
    return False


RULE = Rule(
    code="PM213",
    name="detected-at-start",
    level=Level.INFO,
    page=__doc__,
    examine_postmortem=examine,
)

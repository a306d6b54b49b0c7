"""
## What it does

Finds postmortems of incidents that were detected later than their target, without an explanation. It may be in
a Detection Gaps section, or in the Root Cause Analysis, the Contributing Factors or the Areas for Improvement: any
paragraph, list item or row there that speaks of detecting, noticing, alerts, monitoring or what could be seen. Drills
are left out, since the people who run one know about it, and so are near misses.

## Why this matters

A target that is missed without a reason will be missed again. Why no one saw it is a separate cause, and often the
one that is cheapest to remove.

## Example

```yaml
detected_at: 2024-02-06T14:45:00Z
```

```markdown
### Contributing Factors

- The pool was sized for half of today's load.
- Load tests ran without timeouts.
```

## Use instead

```yaml
detected_at: 2024-02-06T14:45:00Z
```

```markdown
### Contributing Factors

- The pool was sized for half of today's load.
- Load tests ran without timeouts.

### Detection Gaps

- The alert watches the mean of all requests. One slow endpoint moves it by 3 %, below the threshold.
```

## Options

`detection_targets` in the settings holds the target of each severity; `detection_target` in front matter that of one
incident.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.detection import speaks_of_detection
from postmortems.check.rule import Context, Rule
from postmortems.check.sections import holds_text, words_of
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.duration import duration_text
from postmortems.model.durations import TargetSource
from postmortems.model.postmortem import Postmortem

_NAMES = ("Root Cause Analysis", "Primary Cause", "Contributing Factors", "Areas for Improvement")


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem at the moment of detection, with both lengths and where the target comes from."""
    if not postmortem.is_incident:
        return
    durations = context.analysis.durations_of(postmortem)
    if durations.over_target is None or durations.to_detect is None or durations.target is None:
        return
    if not _is_explained(postmortem):
        severity = postmortem.front_matter.severity
        of_settings = durations.target_source is TargetSource.SETTINGS
        source = f"from the settings for {severity}" if of_settings else "its own detection_target"
        yield Problem(
            "missed-detection-target-unexplained",
            postmortem.place_of("detected_at"),
            f"detection took {duration_text(durations.to_detect)}, over the target of"
            f" {duration_text(durations.target)} ({source}), with no explanation",
            'add "### Detection Gaps" below the root cause, saying which signal was missing, not watched or missed',
        )


def _is_explained(postmortem: Postmortem) -> bool:
    for section in postmortem.body.walk():
        if section.name == "Detection Gaps" and any(map(holds_text, section.all_blocks())):
            return True
        if section.name in _NAMES and any(speaks_of_detection(words_of(block)) for block in section.all_blocks()):
            return True
    return False


RULE = Rule(
    code="PM302",
    name="missed-detection-target-unexplained",
    level=Level.WARNING,
    page=__doc__,
    examine_postmortem=examine,
    softened_in_drafts=True,
)

"""
## What it does

Finds postmortems whose front matter lacks a key that every postmortem has: `title`, `status`, `severity`, `services`
(at least one), `started_at`, `detected_at`, `mitigated_at`, `resolved_at`, `root_cause` and `patterns`. Where
`started_at` is `unknown`, `date` is needed as well, and where the status is `published`, `published_on`. A near miss
needs none of the four times, only its `date` or `started_at`. A pattern needs `title` and `family`, an entry of the
incident register `id`, `severity` and `resolved_at`.

## Why this matters

A missing value and an unknown one look alike in a figure, but only one of them was thought about. `unknown` is a valid
time or root cause, and `patterns: []` is a valid list; leaving out the key is not an answer. A severity and a service
that an import did not find, and marked with `# check`, are reported by PM803 until checked.

## Example

```yaml
started_at: unknown
```

## Use instead

```yaml
started_at: unknown
date: 2024-02-06
```

## Options

None. In a draft only `title`, `status` and `severity` stay errors.
"""

from __future__ import annotations

from collections.abc import Iterator

from postmortems.check.rule import Context, Rule
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.front_matter import EVEN_IN_DRAFTS, MOMENTS, REQUIRED, Status
from postmortems.model.postmortem import Postmortem
from postmortems.text.spelling import listed

_ADVICE = {
    "title": "add title: <what happened, in one line>",
    "status": "add status: draft, in-review or published",
    "severity": "add severity: one of {severities}",
    "services": "add services: [<name>, …]",
    "root_cause": "add root_cause: <short label>, or root_cause: unknown",
    "patterns": "add patterns: [<id>, …], or patterns: []",
    "date": "add the day of the incident: date: 2026-11-20",
    "published_on": "add the day of publication: published_on: 2026-11-20",
}
_MOMENT = "add time and zone: {key}: 2026-11-20T14:23:00Z, or {key}: unknown"


def examine(postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    """A problem for each missing key; none where reading found no front matter to look at, and said so."""
    matter = postmortem.front_matter
    if not postmortem.places and postmortem.problems:
        return
    required = [key for key in REQUIRED if key not in MOMENTS] if postmortem.is_near_miss else REQUIRED
    missing = [(key, "") for key in required if not postmortem.has(key)]
    if not postmortem.has("date"):
        if _is_unknown(postmortem, "started_at"):
            missing.append(("date", ', and "started_at" is unknown'))
        elif postmortem.is_near_miss and not postmortem.has("started_at"):
            missing.append(("date", ', and no "started_at"'))
    if matter.status is Status.PUBLISHED and not postmortem.has("published_on"):
        missing.append(("published_on", ', and "status" is published'))
    for key, reason in missing:
        advice = _ADVICE.get(key, _MOMENT).format(key=key, severities=listed(context.settings.severities))
        yield Problem(
            "missing-field",
            postmortem.place_of(key),
            f'the front matter has no "{key}"{reason}',
            advice,
            even_in_drafts=key in EVEN_IN_DRAFTS,
        )
    if _is_unknown(postmortem, "severity") and not postmortem.is_unsure("severity"):
        advice = _ADVICE["severity"].format(severities=listed(context.settings.severities)).replace("add", "write")
        place = postmortem.place_of("severity")
        yield Problem("missing-field", place, '"severity" is unknown', advice, even_in_drafts=True)
    if not matter.services and _is_unknown(postmortem, "services") and not postmortem.is_unsure("services"):
        yield Problem(
            "missing-field",
            postmortem.place_of("services"),
            '"services" is empty',
            f"list the services that {'would have failed' if postmortem.is_near_miss else 'users saw fail'}",
        )


def _is_unknown(postmortem: Postmortem, key: str) -> bool:
    """True if the author wrote the key, and reading found no problem with its value."""
    place = postmortem.place_of(key)
    return (
        postmortem.has(key)
        and not getattr(postmortem.front_matter, key)
        and not any(place.line <= problem.place.line <= place.end_line for problem in postmortem.problems)
    )


RULE = Rule(
    code="PM005",
    name="missing-field",
    level=Level.ERROR,
    page=__doc__,
    examine_postmortem=examine,
    found_while_reading=True,
    softened_in_drafts=True,
)

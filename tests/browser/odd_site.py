"""A knowledge base of incidents that nobody hopes for: very short, very long, unknown, foreign, and full of markup."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

from tests.conftest import TWO_SCHEMES

MARKUP = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>"\'>&amp;{{ 7*7 }}'
LONG = "Checkout answers slowly " * 12 + "and more"
WORD = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 3
JAPANESE = "決済サービスが応答しなくなった障害について"
HEBREW = "השירות הפסיק להגיב לאחר העדכון האחרון"

CONFIG = f"""\
site_name: Odd incidents
{TWO_SCHEMES}plugins:
  - search
  - postmortems:
      corpus: complete
      levels: {{active-html: info, undeclared-repeat: off}}
markdown_extensions: [attr_list, tables]
"""

PATTERN = """\
---
title: {title}
family: database
---

What it looks like.

## What helps

{text}
"""

BODY = """\

## Executive Summary

{text}

## Timeline

{timeline}

## Root Cause Analysis

### Primary Cause

{text}

### Contributing Factors

- {text}
- A second one.

## Impact Assessment

### Technical Impact

- 12 % of requests failed.

### Business Impact

- None: nobody noticed.

## Response Evaluation

### What Went Well

- {text}

### Areas for Improvement

- {text}

## Action Items

### Immediate

- [ ] [{text}] {text} (kind: prevent, due: 2026-01-02)
- [x] [payments] Done (kind: detect, done: 2026-03-05)

## Lessons Learned

{text}
"""

DAY = datetime(2026, 3, 2, 14, 20)


def _postmortem(
    title: str,
    start: datetime | None = DAY,
    lasted: timedelta = timedelta(minutes=90),
    *,
    text: str = "As usual.",
    services: tuple[str, ...] = ("checkout",),
    pattern: str = "database-issues",
    label: str = "pool exhaustion",
    date: str = "",
    timeline: str = "",
) -> str:
    known = start is not None
    moments = [start + lasted * share if start else None for share in (0, 0.1, 0.5, 1)]
    names = ("started_at", "detected_at", "mitigated_at", "resolved_at")
    front = {
        "title": title,
        "status": "published",
        "severity": "SEV1" if known else "SEV4",
        "services": list(services),
        "owner": label if label != "pool exhaustion" else "Payments",
        "root_cause": label if known else "unknown",
        "trigger": label,
        "patterns": [pattern] if pattern else [],
        "published_on": "2026-09-09",
        **({"date": date} if date else {}),
        **{name: f"{at:%Y-%m-%dT%H:%M:%SZ}" if at else "unknown" for name, at in zip(names, moments, strict=True)},
    }
    lines = [f"- **{at:%Y-%m-%d %H:%M} UTC** - {name}: {text}" for name, at in zip(names, moments, strict=True) if at]
    events = timeline or "\n".join(lines) or "- **2026-03-02 10:00 UTC** - Somebody wrote it down"
    # JSON is YAML, and writes every text so that it stays one.
    matter = "".join(f"{key}: {json.dumps(value)}\n" for key, value in front.items())
    return f"---\n{matter}---\n" + BODY.format(text=text, timeline=events)


def _many_events() -> str:
    return "\n".join(
        f"- **{DAY + timedelta(minutes=number):%Y-%m-%d %H:%M} UTC** - Event {number} of many" for number in range(400)
    )


def odd_postmortems() -> dict[str, str]:
    """The postmortems, by the name of their folder."""
    return {
        "01-three-minutes": _postmortem("Three minutes", DAY, timedelta(minutes=3)),
        "02-forty-days": _postmortem("Forty days", DAY, timedelta(days=40)),
        "03-same-minute": _postmortem("In the same minute", DAY, timedelta(minutes=3)),
        "04-unknown": _postmortem("Nothing is known", None, date="2026-03-02", pattern=""),
        "05-sixty-services": _postmortem(
            "Sixty services", DAY, services=tuple(f"service-{n}-of-a-long-name" for n in range(60))
        ),
        "06-long-title": _postmortem(LONG, DAY, text=LONG),
        "07-one-word": _postmortem(WORD, DAY, text=WORD, label=WORD, services=(WORD.lower(),)),
        "08-japanese": _postmortem(JAPANESE * 3, DAY, text=JAPANESE * 9, label=JAPANESE),
        "09-right-to-left": _postmortem(HEBREW, DAY, text=HEBREW, label=HEBREW),
        "10-markup": _postmortem(MARKUP, DAY, text=MARKUP, label=MARKUP, services=("<b>bold</b>",), pattern="markup"),
        "11-many-events": _postmortem("400 events", DAY, timedelta(minutes=399), timeline=_many_events()),
        "12-no-length": _postmortem("All at once", DAY, timedelta()),
    }


def write_odd_site(folder: Path) -> None:
    """Write the knowledge base below `folder`."""
    files = {
        "mkdocs.yml": CONFIG,
        "docs/index.md": "# Home\n",
        "docs/patterns/database-issues.md": PATTERN.format(title="Database issues", text="Wait."),
        "docs/patterns/markup.md": PATTERN.format(title=json.dumps(MARKUP), text=WORD),
        **{f"docs/postmortems/2026/{name}/postmortem.md": text for name, text in odd_postmortems().items()},
    }
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")

"""
## What it does

Compares the incident register, `docs/postmortems/register.yml`, with the postmortems:

- an incident that needs a postmortem, has none, and is not waived, once its time has passed;
- a postmortem whose incident needs one and ended since the register begins, and which no entry names;
- an entry and its postmortem that disagree: two severities, resolutions that lie a day or more apart, or a postmortem
  that is about a drill or a near miss.

A postmortem that is started but not published is covered by *overdue-postmortem*. Without a register there is
nothing to compare, and an incident whose resolution is unknown never falls due. The register begins on the day of its
earliest `resolved_at`, so postmortems from before it was kept are left alone; so are near misses and drills. What is
`unknown` disagrees with nothing, and a postmortem that covers several incidents is not compared with them.

## Why this matters

A postmortem that was never written leaves no file, so no other rule can detect it. And an incident that the register
lacks, or has with another severity, makes the completion rate look better, or worse, than it is.

## Example

INC-431 was resolved on 9 February, has no postmortem, and today is 1 March:

```yaml title="docs/postmortems/register.yml"
- id: INC-412
  severity: SEV2
  resolved_at: 2024-02-06T16:00:00Z
  postmortem: 2024/01-database-connection-pool
- id: INC-431
  severity: SEV1
  resolved_at: 2024-02-09T08:30:00Z
```

## Use instead

Name its postmortem as soon as it is started, or say why there will be none:

```yaml title="docs/postmortems/register.yml"
- id: INC-412
  severity: SEV2
  resolved_at: 2024-02-06T16:00:00Z
  postmortem: 2024/01-database-connection-pool
- id: INC-431
  severity: SEV1
  resolved_at: 2024-02-09T08:30:00Z
  waived: the power of the whole district failed, and everything behaved as planned
```

## Options

`publish_within` in the settings is the time that a postmortem may take, `postmortem_required` says which severities
need one.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from postmortems.check.rule import Context, Rule
from postmortems.model.corpus import Corpus
from postmortems.model.diagnostic import Level, Problem
from postmortems.model.front_matter import IncidentKind
from postmortems.model.postmortem import Postmortem
from postmortems.model.register import Publication, Register, RegisterEntry, RegisterStatus
from postmortems.text.spelling import count_words

_RULE = "incident-without-postmortem"
_APART = timedelta(days=1)
"""Less is no disagreement: a pager closes its alert when somebody looks, a postmortem tells when the fault was gone."""


def examine(corpus: Corpus, context: Context) -> Iterator[Problem]:
    """A problem at each entry whose postmortem is missing or says otherwise, and at each postmortem without one."""
    if corpus.register is None:
        return
    for standing in context.analysis.register_statuses():
        postmortem = standing.postmortem
        if standing.entry.postmortem is None and standing.publication is Publication.UNPUBLISHED:
            yield _without_postmortem(standing, context)
        elif postmortem and len(corpus.register.of_postmortem[postmortem.id]) == 1:
            yield from _disagreements(standing.entry, postmortem, context)
    for postmortem in corpus.postmortems:
        path = corpus.register_of(postmortem)
        begins = corpus.register.begins.get(path)
        if begins and _is_unregistered(postmortem, corpus.register, begins, context):
            yield Problem(
                _RULE,
                postmortem.place_of("severity"),
                f"no register entry names this postmortem, and the register starts on {begins}",
                f"add the incident to {corpus.called(path)}, with postmortem: {corpus.own_id(postmortem)}",
            )


def _without_postmortem(standing: RegisterStatus, context: Context) -> Problem:
    entry, due = standing.entry, standing.due
    assert due is not None
    late = count_words((context.today - due).days, "day")
    source = context.corpus.sources.source_of(entry.place.path)
    place = f" in the repository of {source.name}" if source else ""  # Here it would become one of this site's own.
    return Problem(
        _RULE,
        entry.place,
        f'incident "{entry.id[:80]}" has no postmortem; it was due on {due}, {late} ago',
        f"create one with `postmortems new`{place} and add it here (postmortem: <id>), or say why not "
        "(waived: <reason>)",
    )


def _disagreements(entry: RegisterEntry, postmortem: Postmortem, context: Context) -> Iterator[Problem]:
    matter, name, scale = postmortem.front_matter, postmortem.id, context.settings.severities
    if entry.severity in scale and matter.severity in scale and entry.severity != matter.severity:
        message = f'"severity" is "{entry.severity}" here and "{matter.severity}" in {name}'
        yield Problem(_RULE, entry.place_of("severity"), message, "correct the one that is out of date")
    here, there = entry.resolved_at, matter.resolved_at
    if here and there and abs(here - there) >= _APART:
        message = f'"resolved_at" is {_shown(here)} here and {_shown(there)} in {name}'
        yield Problem(_RULE, entry.place_of("resolved_at"), message, "correct one of the two")
    if not postmortem.is_incident:
        kind = str(matter.kind).replace("-", " ")
        message = f"{name} is a {kind}, which is not counted"
        advice = "remove the entry, or correct the postmortem's kind"
        yield Problem(_RULE, entry.place_of("postmortem"), message, advice)


def _shown(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"


def _is_unregistered(postmortem: Postmortem, register: Register, begins: date, context: Context) -> bool:
    """True if the register, which begins on a day, should name a postmortem and does not; one of unknown end counts
    from its incident's day."""
    matter = postmortem.front_matter
    ended = matter.resolved_at.date() if matter.resolved_at else postmortem.day
    return (
        postmortem.id not in register.of_postmortem
        and matter.kind is IncidentKind.INCIDENT
        and context.settings.requires_postmortem(matter.severity)
        and ended is not None
        and ended >= begins
    )


RULE = Rule(
    code="PM902",
    name=_RULE,
    level=Level.WARNING,
    page=__doc__,
    is_local=False,
    examine_corpus=examine,
    follows_calendar=True,
)

"""Labels of an issue: what they say of severity, services, owner and cause; the others are tags."""

from __future__ import annotations

import re
from collections.abc import Iterable

from postmortems.adopt.exports.incident import Values
from postmortems.adopt.statuses import status_of

_SCOPED = re.compile(r"([^:/=]{1,40}?)\s?(?:::?|/|=)\s?([^:/=].{0,100})")
_BARE_SEVERITY = re.compile(r"(?:sev(?:erity)?|p|s)[-_ ]?\d", re.IGNORECASE)
_SEVERITY = ("severity", "sev", "priority", "prio")
_SERVICE = ("service", "svc", "component", "system", "app")
_OWNER = ("team", "squad", "owner", "group")
_CAUSE = ("cause", "root cause", "rootcause", "root-cause", "rca")
_STATUS = ("status", "postmortem", "post-mortem", "retro", "retrospective", "review")
_MEANT = ("incident", "outage", "postmortem", "post-mortem", "type::incident", "kind/incident")
"""Labels that every issue of an import has, and that say nothing."""


def take_labels(labels: Iterable[str], values: Values) -> None:
    """Take what an issue's labels say."""
    services: list[str] = []
    tags: list[str] = []
    labels = list(labels)
    for label in labels:
        found = _SCOPED.fullmatch(label)
        scope, name = (found[1].strip().casefold(), found[2].strip()) if found else ("", label.strip())
        if scope in _SEVERITY or (not scope and _BARE_SEVERITY.fullmatch(name)):
            values.severity(f"sev{name}" if name.isdecimal() else name, f'label "{label}"')
        elif scope in _SERVICE:
            services.append(name)
        elif scope in _OWNER:
            values.state("owner", name, f'label "{label}"')
        elif scope in _CAUSE:
            values.state("root_cause", name, f'label "{label}"')
        elif scope in _STATUS and status_of(name):
            values.status(name, f'label "{label}"')
        elif label.casefold() not in _MEANT:
            tags.append(label)
    values.state("services", services, "labels")
    values.state("tags", tags, "labels")
    values.kind(labels, "label")

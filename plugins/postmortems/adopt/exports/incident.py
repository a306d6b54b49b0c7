"""One incident as an export tells it: values, events and action items, before they become a record."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from postmortems.adopt.event_moments import written
from postmortems.adopt.exports.json_object import Moment
from postmortems.adopt.kinds import kind_of
from postmortems.adopt.record import UNKNOWN_VALUE, Certainty, Value, derived, stated
from postmortems.adopt.severities import severity_value
from postmortems.adopt.sources.given import Given
from postmortems.adopt.statuses import status_of
from postmortems.model.action_item import ActionState
from postmortems.model.front_matter import MOMENTS, Status
from postmortems.read.languages import plain_word, words

_LONGEST_TITLE = 200
_KEYS = (
    *("title", "status", "severity", "kind", "services", "owner", "authors", *MOMENTS, "date", "detected_by"),
    *("root_cause", "trigger", "published_on", "sources", "tags"),
)
_ALWAYS = frozenset(_KEYS) - {"kind", "trigger", "sources"}
"""The keys that a record has even where they are unknown."""
_ADDRESS = re.compile(r"https?://[^\s<>\"]{1,1000}")


@dataclass(frozen=True, slots=True)
class ExportEvent:
    """An event as the export has it. `text` is not trusted: it is plain text, or Markdown where `is_markdown` says so.

    `at` is None where its time is unknown.
    """

    at: datetime | None
    text: str
    actor: str = ""
    link: str = ""
    is_markdown: bool = False


@dataclass(frozen=True, slots=True)
class ExportAction:
    """An action item as the export has it; its texts are not trusted."""

    text: str
    state: ActionState = ActionState.OPEN
    owner: str = ""
    due: date | None = None
    done: date | None = None
    ticket: str = ""
    dropped_because: str = ""


@dataclass(frozen=True)
class ExportedIncident:
    """All that an export tells of an incident.

    `document` is a postmortem in Markdown that the export holds; without one the body follows the template, with
    `sections` (Markdown that is safe, by canonical name) and what the others tell filled in. `origin` and `number` are
    the record's `origin` and `incident`.
    """

    source: str
    origin: str
    values: Mapping[str, Value]
    number: str = ""
    said_severity: str = ""
    events: Sequence[ExportEvent] = ()
    actions: Sequence[ExportAction] = ()
    sections: Mapping[str, str] = field(default_factory=dict)
    document: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)
    problems: Sequence[str] = ()


class Values:
    """The values of one incident, each with its certainty; `system` names the export in their origins."""

    def __init__(self, given: Given, system: str) -> None:
        self.given, self.system = given, system
        self.found: dict[str, Value] = {}
        self.said_severity = ""
        self.not_published = f"{system} does not say that it was published"

    def state(self, key: str, value: str | Sequence[str], name: str) -> None:
        """Take what a field says as such; nothing is not said, and what is no address is no source."""
        if key == "sources":
            value = [link for link in ([value] if isinstance(value, str) else value) if _ADDRESS.fullmatch(link)]
        made = " ".join(value.split()) if isinstance(value, str) else _listed(value)
        if made and self.found.get(key, UNKNOWN_VALUE).certainty is not Certainty.STATED:
            self.found[key] = stated(made, f"{self.system}: {name}")

    def derive(self, key: str, value: str | Sequence[str], reason: str) -> None:
        """Take what follows from the export, unless it is known already."""
        made = " ".join(value.split()) if isinstance(value, str) else _listed(value)
        if made and key not in self.found:
            self.found[key] = derived(made, f"{self.system}: {reason}")

    def title(self, text: str, name: str) -> None:
        """Take the title."""
        self.state("title", text if len(text) <= _LONGEST_TITLE else f"{text[:_LONGEST_TITLE].rstrip()} …", name)

    def moment(self, key: str, at: Moment | None, name: str, doubt: str = "") -> None:
        """Take a moment; one of which there is a `doubt`, or whose zone nobody states, is derived."""
        if at is None:
            return
        reasons = [doubt] if doubt else []
        if not at.zone_stated:
            reasons.append("no zone is stated, read as UTC")
        value = written(at.at.replace(microsecond=0))
        if reasons:
            self.derive(key, value, f"{name}; {', '.join(reasons)}")
        else:
            self.state(key, value, name)

    def severity(self, word: str, name: str) -> None:
        """Take the severity from the export's own word for it."""
        word = " ".join(word.split())[:40]
        if word and "severity" not in self.found:
            self.said_severity = word
            scale = tuple(self.given.settings.severities)
            value = severity_value(word, f"{self.system}: {name}", scale, self.given.severities)
            if value.value is not None:
                self.found["severity"] = value

    def status(self, word: str, name: str) -> None:
        """Take the status of the postmortem from the export's own word for it."""
        if status := status_of(word):
            self.state("status", status.value, f'{name}: "{word}"')
        else:
            self.incident_status(word, name)

    def incident_status(self, word: str, name: str) -> None:
        """Quote the status of the incident, which says nothing of its postmortem, where that is a draft."""
        if word := " ".join(word.split())[:40]:
            self.not_published = f'{self.system} does not say that it was published; {name}: "{word}"'

    def published(self, at: Moment | None, name: str) -> None:
        """Take the day on which the postmortem was published: one that has such a day is published."""
        if at:
            self.state("status", Status.PUBLISHED.value, name)
            self.state("published_on", at.at.date().isoformat(), name)

    def named(self, label: str, text: str, name: str) -> bool:
        """Take a value by the label that a team gave its field, and return True if it is known."""
        role = words("metadata").get(plain_word(label), "")
        if role == "severity":
            self.severity(text, name)
        elif role in ("services", "tags", "authors"):
            self.state(role, [part.strip() for part in text.split(",")], name)
        elif role == "kind":
            self.kind([text], name)
        elif role in ("owner", "root_cause"):
            self.state(role, text, name)
        else:
            return False
        return True

    def kind(self, labels: Iterable[str], name: str) -> None:
        """Take the kind where a type or a label says that it is a drill or a near miss."""
        for label in labels:
            if kind := kind_of(label):
                self.state("kind", kind.value, f"{name} {label}")

    def without_made_up_start(self) -> list[str]:
        """Take back a beginning that is the detection to the second: programs fill in the one with the other."""
        start, detected = self.found.get("started_at"), self.found.get("detected_at")
        if start is None or detected is None or start.value != detected.value:
            return []
        del self.found["started_at"]
        return [f"{self.system} has one moment as beginning and as detection: started_at stays unknown"]

    def complete(self) -> dict[str, Value]:
        """All keys in the order in which a plan shows them, with the day of the incident from its moments."""
        found = {"status": derived(Status.DRAFT.value, self.not_published), **self.found}
        known = [(key, found[key]) for key in MOMENTS if key in found]
        if "started_at" in found:
            found["date"] = Value(str(found["started_at"].value)[:10], *_how(found["started_at"]))
        elif "date" not in found and known:
            key, value = known[0]
            found["date"] = derived(str(value.value)[:10], f"the day of {key}")
        return {key: found.get(key, UNKNOWN_VALUE) for key in _KEYS if key in _ALWAYS or key in found}


def surer(one: Value, other: Value) -> Value:
    """The one of two values that is surer, else the first."""
    order = (Certainty.STATED, Certainty.DERIVED, Certainty.UNKNOWN)
    return min(one, other, key=lambda value: order.index(value.certainty))


def action_state(word: str, *, done: Collection[str], dropped: Collection[str], open_: Collection[str]) -> ActionState:
    """The state that a program's own word means; a word that is not known is unknown."""
    said = plain_word(word)
    for state, known in ((ActionState.DONE, done), (ActionState.DROPPED, dropped), (ActionState.OPEN, open_)):
        if said in known:
            return state
    return ActionState.UNKNOWN


def written_day(text: str) -> date | None:
    """A day as programs write it, with a time behind it or not."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None


def day_of(at: Moment | None) -> date | None:
    """The day of a moment, in UTC."""
    return at.at.astimezone(UTC).date() if at else None


def _listed(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(made for value in values if (made := " ".join(value.split()))))


def _how(value: Value) -> tuple[Certainty, str]:
    return value.certainty, value.origin

"""The phase bar in words and numbers: for those who hear it, for the notes beside it and for the table below it."""

from __future__ import annotations

from datetime import datetime, timedelta

from markupsafe import Markup

from postmortems.model.durations import Durations, TargetSource
from postmortems.model.front_matter import FrontMatter
from postmortems.render.words.formats import UNKNOWN, duration_words
from postmortems.render.words.incident import after_words


def spoken(matter: FrontMatter, lengths: Durations) -> str:
    """The picture for those who hear it."""
    if matter.started_at is None:
        said = ["start time unknown"]
        said += [
            f"{name} {at:%H:%M}" if at else f"{name}: time unknown"
            for name, at in (
                ("detected", matter.detected_at),
                ("mitigated", matter.mitigated_at),
                ("resolved", matter.resolved_at),
            )
        ]
    else:
        said = [f"started {matter.started_at:%H:%M}"]
        for name, at, length in _rows(matter, lengths):
            if at is None:
                said.append(f"{name}: time unknown")
            elif length is None:
                said.append(f"{name} before the start")
            else:
                said.append(f"{name} {after_words(length)}")
    return ", ".join(said).capitalize()


def _rows(matter: FrontMatter, lengths: Durations) -> tuple[tuple[str, datetime | None, timedelta | None], ...]:
    return (
        ("detected", matter.detected_at, lengths.to_detect),
        ("mitigated", matter.mitigated_at, lengths.to_mitigate),
        ("resolved", matter.resolved_at, lengths.to_recover),
    )


def table(matter: FrontMatter, lengths: Durations) -> Markup:
    """The numbers of the picture."""
    rows: list[tuple[str, str, str]] = [
        ("Started", _stamp(matter.started_at), "0 min" if matter.started_at else UNKNOWN)
    ]
    for name, at, length in _rows(matter, lengths):
        rows.append((name.capitalize(), _stamp(at), duration_words(length)))
        if name == "detected" and lengths.target is not None:
            due = _later(matter.started_at, lengths.target)
            whose = "Detection target" + (
                " (from the settings)" if lengths.target_source is TargetSource.SETTINGS else ""
            )
            rows.append((whose, _stamp(due), duration_words(lengths.target)))
    body = "".join(f'<tr><th scope="row">{name}</th><td>{at}</td><td>{since}</td></tr>' for name, at, since in rows)
    return Markup(  # noqa: S704 - figures and our own words only
        '<details class="pm-data"><summary>Data table</summary>'
        '<div class="pm-scroll" tabindex="0" role="region" aria-label="Key times">'
        '<table class="pm-table"><caption>Key times</caption><thead><tr><th scope="col">Event</th>'
        '<th scope="col">Time (UTC)</th><th scope="col">Time since start</th></tr></thead>'
        f"<tbody>{body}</tbody></table></div></details>"
    )


def _later(at: datetime | None, length: timedelta) -> datetime | None:
    try:
        return at + length if at else None
    except OverflowError:
        return None


def _stamp(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" + (f":{at:%S}" if at.second else "") if at else UNKNOWN


def note_words(lengths: Durations, severity: str | None) -> str:
    if lengths.target is None or lengths.to_detect is None:
        return ""
    whose = f"the {severity}" if lengths.target_source is TargetSource.SETTINGS else "its own"
    if over := lengths.over_target:
        return f"Detected {duration_words(over)} over {whose} target"
    if lengths.to_detect == lengths.target:
        return f"Detected exactly on {whose} target"
    return f"Detected {duration_words(lengths.target - lengths.to_detect)} before {whose} target"


def verdict_words(lengths: Durations) -> str:
    if over := lengths.over_target:
        return f"{duration_words(over)} over"
    return "met" if lengths.to_detect is not None else UNKNOWN

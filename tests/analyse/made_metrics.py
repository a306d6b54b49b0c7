"""The metrics of a few incidents, for the tests of their figures."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.render.made_up import TODAY, corpus, pattern

from postmortems.analyse.analysis import Analysis
from postmortems.analyse.metrics import Metrics, metrics_of
from postmortems.model.postmortem import Postmortem
from postmortems.settings import Settings


def metrics(*members: Postmortem, patterns: tuple[str, ...] = (), today: date = TODAY, **options: Any) -> Metrics:
    """The metrics of some incidents on a day; `options` are those of the settings, `patterns` have a page."""
    made = corpus(*members, patterns=tuple(pattern(name) for name in patterns))
    return Analysis(made, Settings.model_validate(options), today).once(metrics_of)

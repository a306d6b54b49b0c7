"""A made-up knowledge base of any size, the same for the same seed."""

from __future__ import annotations

from pathlib import Path
from random import Random

from benchmarks.incident import draw_incidents, pattern_words, service_names
from benchmarks.prose import draw_moments, pattern_text, postmortem_text, timeline_json

_HOME = """\
# Incidents

What failed here, and what helped. Begin with the [database issues](patterns/{pattern}.md).
"""


def generate(folder: Path, count: int, *, seed: int = 1, patterns: int = 12, services: int = 40) -> None:
    """Write a complete docs folder with `count` postmortems of about 4 KB each.

    They are spread over ten years and pass the check without an error or a warning of the rules on structure.
    `folder` is made; what stands in it already is overwritten where names agree.
    """
    random = Random(seed)
    pages = pattern_words(patterns)
    incidents = list(draw_incidents(random, count, [pattern.id for pattern in pages], service_names(services)))
    for incident in incidents:
        home = folder / "postmortems" / incident.id
        home.mkdir(parents=True, exist_ok=True)
        moments = draw_moments(random, incident)
        (home / "postmortem.md").write_text(postmortem_text(random, incident, moments), "utf-8")
        if incident.shape == "json":
            (home / "timeline.json").write_text(timeline_json(moments), "utf-8")
    (folder / "patterns").mkdir(parents=True, exist_ok=True)
    for pattern in pages:
        members = [incident for incident in incidents if any(pattern.id == one for one, _ in incident.roles)]
        (folder / "patterns" / f"{pattern.id}.md").write_text(pattern_text(random, pattern, members), "utf-8")
    (folder / "index.md").write_text(_HOME.format(pattern=pages[0].id) if pages else "# Incidents\n", "utf-8")

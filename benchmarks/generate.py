"""A made-up knowledge base of any size, the same for the same seed.

`python -m benchmarks.generate FOLDER --count 200 --years 3 --register` writes the whole repository of a made-up team
(`benchmarks.team`); `make team` builds and serves its site.
"""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime
from pathlib import Path
from random import Random

from benchmarks.incident import draw_incidents, pattern_words, service_names
from benchmarks.prose import draw_moments, pattern_text, postmortem_text, timeline_json
from benchmarks.team import generate_team

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


def main() -> None:
    """Write the repository that is asked for, and say what was written."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.generate", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the repository, which is made")
    parser.add_argument("--count", type=int, default=200, help="how many postmortems (default: 200)")
    parser.add_argument("--years", type=int, default=3, help="over how many years (default: 3)")
    parser.add_argument("--seed", type=int, default=1, help="another number draws another history (default: 1)")
    parser.add_argument("--register", action="store_true", help="with an incident register, so that completion counts")
    parser.add_argument(
        "--today",
        type=date.fromisoformat,
        default=datetime.now(UTC).date(),
        metavar="DATE",
        help="the day on which the history ends (default: today)",
    )
    asked = parser.parse_args()
    if asked.count < 1 or asked.years < 1:
        parser.error("--count and --years are at least 1")
    generate_team(
        asked.folder,
        asked.count,
        years=asked.years,
        seed=asked.seed,
        today=asked.today,
        with_register=asked.register,
    )
    print(f"{asked.count} postmortems of a made-up team in {asked.folder}, as of {asked.today}")


if __name__ == "__main__":
    main()

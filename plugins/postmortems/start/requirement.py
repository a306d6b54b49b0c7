"""The requirement by which `pip` installs this package again, as it was installed here.

Source: PEP 610, "Recording the Direct URL Origin of installed distributions".
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib.metadata import distribution
from typing import Any

PACKAGE = "mkdocs-postmortems"


@dataclass(frozen=True, slots=True)
class Requirement:
    """A line of `requirements.txt`. `is_local` if it names a folder or file that only this machine has."""

    line: str
    is_local: bool = False


def own_requirement() -> Requirement:
    """The requirement of the installation that runs."""
    own = distribution(PACKAGE)
    return requirement_of(own.version, own.read_text("direct_url.json"))


def version_of(package: str) -> str:
    """The installed version of another package."""
    return distribution(package).version


def requirement_of(version: str, direct_url: str | None) -> Requirement:
    """The requirement for a version, and for the text of its `direct_url.json`, if it has one that can be read."""
    origin = _parsed(direct_url)
    url = origin.get("url")
    if not isinstance(url, str) or not url or any(char.isspace() for char in url):
        return Requirement(f"{PACKAGE}=={version}")
    below = origin.get("subdirectory")
    fragments = [f"subdirectory={below}"] if isinstance(below, str) and below else []
    vcs, archive = origin.get("vcs_info"), origin.get("archive_info")
    if isinstance(vcs, dict):
        url = f"{vcs.get('vcs', 'git')}+{url}@{vcs.get('commit_id', '')}".rstrip("@")
    elif isinstance(archive, dict) and isinstance(found := archive.get("hashes"), dict) and "sha256" in found:
        fragments.append(f"sha256={found['sha256']}")
    fragment = f"#{'&'.join(fragments)}" if fragments else ""
    return Requirement(f"{PACKAGE} @ {url}{fragment}", is_local=origin["url"].startswith("file:"))


def _parsed(text: str | None) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}

"""Files of CI for a knowledge base that is a repository of its own, or a folder in one.

Forges read them at the repository's root alone. In a folder the commands run there, and only changes of it start them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from posixpath import relpath
from urllib.parse import quote

from postmortems.start.forge import Forge
from postmortems.start.scaffold import scaffold_files

_PLAIN = re.compile(r"\w[\w .-]*(?:/\w[\w .-]*)*", re.ASCII)
"""Names of folders that mean only themselves in YAML, in a shell and in the patterns of paths of both forges."""

_WORKFLOW = ".github/workflows/postmortems.yml"
_IN_THE_FOLDER = (
    "    permissions:\n      contents: read\n",
    '    permissions:\n      contents: read\n    defaults:\n      run:\n        working-directory: "@"\n',
)
_Edits = Sequence[tuple[str, str]]
_IN_A_FOLDER: Mapping[Forge, Mapping[str, _Edits]] = {
    Forge.GITHUB: {
        _WORKFLOW: (
            (
                "  pull_request:\n  push:\n    branches: [main, master]\n",
                '  pull_request:\n    paths: ["@/**", WORKFLOW]\n'
                '  push:\n    branches: [main, master]\n    paths: ["@/**", WORKFLOW]\n',
            ),
            _IN_THE_FOLDER,
            ("          path: site\n", '          path: "@/site"\n'),
            ("          path: report.md\n", '          path: "@/report.md"\n'),
        ),
        ".github/workflows/postmortems-reminder.yml": (
            _IN_THE_FOLDER,
            ("          path: reminder.*\n", '          path: "@/reminder.*"\n'),
        ),
    },
    Forge.GITLAB: {
        ".gitlab-ci.yml": (
            ("    - pip install", '    - cd "@"\n    - pip install'),
            ('"merge_request_event"\n', '"merge_request_event"\n      changes: ["@/**/*", .gitlab-ci.yml]\n'),
            ("$CI_DEFAULT_BRANCH\n", '$CI_DEFAULT_BRANCH\n      changes: ["@/**/*", .gitlab-ci.yml]\n'),
            ("--site-dir public", '--site-dir "$CI_PROJECT_DIR/public"'),
            ("[report.md]", '["@/report.md"]'),
            ("[site]", '["@/site"]'),
            ("dotenv: preview.env", 'dotenv: "@/preview.env"'),
            ("/artifacts/site/", "/artifacts/URL/site/"),
            ("codequality: code-quality.json", 'codequality: "@/code-quality.json"'),
            ("junit: junit.xml", 'junit: "@/junit.xml"'),
        ),
    },
}


def ci_files(forge: Forge, below: str) -> dict[str, str]:
    """The files of CI by their paths from the knowledge base on; `below` is its own path from the repository's root on,
    empty where it is that root.

    In a larger repository there is no template of merge requests, since those are of other things, too.
    """
    if forge is Forge.NONE:
        return {}
    files = scaffold_files(forge.value, {})
    if not below:
        return files
    return {
        relpath(path, below): _in_a_folder(path, files[path], edits, below)
        for path, edits in _IN_A_FOLDER[forge].items()
    }


def _in_a_folder(path: str, text: str, edits: _Edits, below: str) -> str:
    for before, after in edits:
        if before not in text:
            raise AssertionError(f"{path} of the scaffold does not hold {before!r}")
        text = text.replace(
            before, after.replace("@", below).replace("WORKFLOW", _WORKFLOW).replace("URL", quote(below))
        )
    return text


def can_have_ci(below: str) -> bool:
    """True if CI can be told of a folder at this path."""
    return not below or _PLAIN.fullmatch(below) is not None

"""The hooks for pre-commit, run by pre-commit itself with the configurations that the guide shows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from tests.code_blocks import ROOT, Block, each
from tests.commands import run_other
from tests.conftest import POSTMORTEM, POSTMORTEM_PATH, Write


def test_the_hooks_are_valid_for_pre_commit() -> None:
    done = run_other(ROOT, "pre-commit", "validate-manifest", ".pre-commit-hooks.yaml")
    assert done.returncode == 0, done.stdout


@each("configuration of pre-commit")
def test_the_hooks_do_their_work_wherever_the_knowledge_base_is(block: Block, write: Write, tmp_path: Path) -> None:
    """The configuration is the guide's; only that the hooks are these, in this environment."""
    root = tmp_path / "repository"
    root.mkdir()
    (root / ".pre-commit-config.yaml").write_text(block.content, "utf-8")
    assert run_other(root, "pre-commit", "validate-config", ".pre-commit-config.yaml").returncode == 0
    manifest = {hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))}
    (source,) = yaml.safe_load(block.content)["repos"]
    hooks = [{**manifest[hook["id"]], **hook, "language": "system"} for hook in source["hooks"]]
    here = {"repos": [{"repo": "local", "hooks": hooks}]}
    (root / ".pre-commit-config.yaml").write_text(yaml.safe_dump(here), "utf-8")
    # Where the hooks name a configuration, the knowledge base is beside it, and the repository has other pages, too.
    (base,) = {Path(hook["args"][1]).parent if "args" in hook else Path() for hook in hooks}
    write({})
    (root / base).mkdir(exist_ok=True)
    for name in ("mkdocs.yml", "docs"):
        (tmp_path / name).rename(root / base / name)
    elsewhere = ["README.txt"] if base == Path() else ["README.md", "docs/x.md"]
    postmortem = root / base / POSTMORTEM_PATH

    def commit(changes: Mapping[Path, str]) -> tuple[list[str], str]:
        """What each hook says of a commit of these files alone, which is made in any case, and all that is said."""
        for path, text in changes.items():
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, "utf-8")
        run_other(root, "git", "add", "--all")
        said = run_other(
            root, "env", f"PRE_COMMIT_HOME={tmp_path / 'kept'}", "pre-commit", "run", "--color=never"
        ).stdout
        run_other(root, "git", "commit", "--quiet", "--all", "--message=x")
        return re.findall(r"^postmortems (?:fmt|check)\.+(.+)$", said, re.MULTILINE), said

    run_other(root, "git", "init", "--quiet")
    assert commit({})[0] == ["Passed", "Passed"]
    # What `fmt` changes stops the commit, for its author to look at.
    assert commit({postmortem: POSTMORTEM.replace("- [x]", "- [X]")})[0] == ["Failed", "Passed"]
    assert postmortem.read_text("utf-8") == POSTMORTEM
    # What has nothing to do with the knowledge base is no business of the hooks.
    assert commit({root / name: "- [X] x\n" for name in elsewhere})[0] == ["(no files to check)Skipped"] * 2
    # What is wrong is named as seen from the repository's root, where pre-commit runs.
    results, said = commit({postmortem: POSTMORTEM.replace("## Timeline", "## Course")})
    assert results == ["Passed", "Failed"]
    place = re.escape(postmortem.relative_to(root).as_posix())
    assert re.search(rf"^{place}:\d+:1 PM101 missing-section \[error\]$", said, re.MULTILINE)

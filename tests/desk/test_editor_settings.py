"""The settings of editors that the guide shows, and the extension for Visual Studio Code."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path
from zipfile import ZipFile

import pytest
from tests.code_blocks import Block, each

from postmortems import __version__

ROOT = Path(__file__).parents[2]
EXTENSION = ROOT / "editors/vscode"
MANIFEST = json.loads((EXTENSION / "package.json").read_text("utf-8"))


@each("settings of an editor")
def test_the_settings_of_each_editor_start_the_server(block: Block) -> None:
    if block.language == "json":
        settings = json.loads(block.content)
        assert settings.keys() <= {"lsp", *MANIFEST["contributes"]["configuration"]["properties"]}
    if block.language == "toml":
        settings = tomllib.loads(block.content)
        assert all(
            name in settings["language-server"] or name == "marksman"
            for each in settings["language"]
            for name in each["language-servers"]
        )
    words = re.findall(r'"([\w${}./]+)"', block.content)
    assert "postmortems" in {word.rpartition("/")[2] for word in words}
    assert "lsp" in words or "postmortems.command" in words  # to which the extension adds it


@pytest.fixture
def tools() -> None:
    """What the extension is packed with; without it the test is skipped, save in CI."""
    if not (EXTENSION / "node_modules/.ready").exists():
        (pytest.fail if os.environ.get("POSTMORTEMS_NEED_TOOLS") else pytest.skip)("'make tools' installs vsce")


def test_the_extension_has_the_version_of_the_package() -> None:
    assert MANIFEST["version"] == __version__
    assert (EXTENSION / MANIFEST["main"]).exists()
    assert MANIFEST["capabilities"]["untrustedWorkspaces"]["supported"] is False


@pytest.mark.usefixtures("tools")
def test_the_extension_is_packed_with_all_that_it_needs(tmp_path: Path) -> None:
    packed = tmp_path / "packed.vsix"
    command = ["npm", "run", "--silent", "package", "--", "--skip-license", "--out", str(packed)]
    made = subprocess.run(command, cwd=EXTENSION, capture_output=True, check=False)
    assert made.returncode == 0, made.stderr.decode()
    with ZipFile(packed) as archive:
        names = set(archive.namelist())
        assert json.loads(archive.read("extension/package.json"))["name"] == "postmortems"
    assert {"extension/extension.js", "extension/readme.md"} <= names
    assert "extension/node_modules/vscode-languageclient/lib/node/main.js" in names
    assert not [name for name in names if ".npmrc" in name or "vsce" in name]


STARTED = """
const Module = require("module");
const said = [];
const load = Module._load;
const vscode = {
  commands: { registerCommand: (name, run) => ({ name, run }) },
  window: { showErrorMessage: (line) => said.push(line) },
  workspace: {
    workspaceFolders: [{ uri: { fsPath: "/home/me/space" } }],
    getConfiguration: () => ({ get: () => ["${workspaceFolder}/.venv/bin/postmortems"] }),
    onDidChangeConfiguration: () => ({}),
  },
};
class LanguageClient {
  constructor(id, name, server, options) { said.push({ id, server, options }); }
  async start() { throw new Error("ENOENT"); }
}
const stubs = { vscode, "vscode-languageclient/node": { LanguageClient, TransportKind: { stdio: 0 } } };
Module._load = (name, ...rest) => stubs[name] ?? load(name, ...rest);
const extension = require(process.argv[1]);
extension.activate({ subscriptions: [] }).then(extension.deactivate).then(() => console.log(JSON.stringify(said)));
"""


def test_the_extension_starts_the_program_that_is_set_and_says_where_there_is_none() -> None:
    node = shutil.which("node")
    if node is None:
        (pytest.fail if os.environ.get("POSTMORTEMS_NEED_TOOLS") else pytest.skip)("node is not installed")
    script = str(EXTENSION / "extension.js")
    ran = subprocess.run([node, "-e", STARTED, script], capture_output=True, check=True, encoding="utf-8")
    started, said = json.loads(ran.stdout)
    assert started["server"] == {"command": "/home/me/space/.venv/bin/postmortems", "args": ["lsp"], "transport": 0}
    assert {each["language"] for each in started["options"]["documentSelector"]} == {"markdown", "yaml", "json"}
    assert said.startswith('"/home/me/space/.venv/bin/postmortems" does not start: ENOENT.')

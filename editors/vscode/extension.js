// Starts `postmortems lsp` for the Markdown, YAML and JSON files of a workspace with an mkdocs.yml.

const { commands, window, workspace } = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");

let client;

function program() {
  const folder = workspace.workspaceFolders?.[0]?.uri.fsPath ?? "";
  const words = workspace.getConfiguration("postmortems").get("command");
  return words.map((word) => word.replaceAll("${workspaceFolder}", folder));
}

async function start() {
  const [command, ...words] = program();
  const documents = ["markdown", "yaml", "json"];
  client = new LanguageClient(
    "postmortems",
    "Postmortems",
    { command, args: [...words, "lsp"], transport: TransportKind.stdio },
    { documentSelector: documents.map((language) => ({ scheme: "file", language })) },
  );
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    window.showErrorMessage(
      `"${command}" does not start: ${error.message}. Install it with pip install 'mkdocs-postmortems[lsp]', ` +
        "or name it in the setting postmortems.command.",
    );
  }
}

async function stop() {
  const running = client;
  client = undefined;
  await running?.stop();
}

async function restart() {
  await stop();
  await start();
}

exports.activate = async (context) => {
  context.subscriptions.push(
    commands.registerCommand("postmortems.restart", restart),
    workspace.onDidChangeConfiguration((change) => change.affectsConfiguration("postmortems") && restart()),
  );
  await start();
};

exports.deactivate = stop;

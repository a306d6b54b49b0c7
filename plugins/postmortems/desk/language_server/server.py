"""The server: what an editor says and asks, and which session answers."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.exceptions import FeatureRequestError
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from postmortems import __version__
from postmortems.check.masking import printable
from postmortems.desk.language_server import diagnostics, lookup
from postmortems.desk.language_server.completion import MOST, complete
from postmortems.desk.language_server.knowledge_base import TYPED_INTO, KnowledgeBase, Loaded
from postmortems.desk.language_server.positions import Text
from postmortems.desk.language_server.quick_fixes import quick_fixes
from postmortems.desk.language_server.session import Client, OpenDocument, Session
from postmortems.desk.language_server.transport import Protocol
from postmortems.model.diagnostic import Diagnostic
from postmortems.read.config_file import ProjectError
from postmortems.read.mounts import mounts_of
from postmortems.read.settings_file import find_config

_TRIGGERS = ":#[,( "
"""Characters behind which an editor asks what may follow."""


class Editor(Client):
    """The editor at the other end of the protocol."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._said: set[str] = set()
        self._watched: set[str] = set()

    def publish(self, name: str, version: int | None, text: Text, found: Sequence[Diagnostic]) -> None:
        """Show the findings of a document, in place of those shown before."""
        self._server.text_document_publish_diagnostics(
            types.PublishDiagnosticsParams(name, diagnostics.shown(found, text), version)
        )

    def name_of(self, file: Path) -> str:
        """The address of a file."""
        return from_fs_path(str(file)) or ""

    def say(self, line: str) -> None:
        """Show a line, once in a session."""
        if line not in self._said:
            self._said.add(line)
            shown = types.ShowMessageParams(types.MessageType.Warning, f"postmortems: {printable(line)}")
            self._server.window_show_message(shown)

    def log(self, line: str) -> None:
        """Note a line in the editor's log."""
        noted = types.LogMessageParams(types.MessageType.Error, f"postmortems: {printable(line)}")
        self._server.window_log_message(noted)

    def watch(self, loaded: Loaded) -> None:
        """Have the editor watch the docs folder and what the settings name beside it, if it can."""
        able = self._server.client_capabilities.workspace
        watching = able.did_change_watched_files if able else None
        if watching is None or not watching.dynamic_registration:
            return
        project = loaded.project
        named = [project.config.parent / "*.{yml,yaml,json}"]
        named += [
            project.config.parent / name for name in (project.settings.services, project.settings.baseline) if name
        ]
        wanted = {str(file): (file.parent, file.name) for file in named}
        for folder in (project.docs, *(each.docs for each in mounts_of(project.docs))):
            wanted[str(folder)] = (folder, "**/*")
        new = {key: value for key, value in wanted.items() if key not in self._watched}
        self._watched |= new.keys()
        watchers = [_watcher(*value, relative=bool(watching.relative_pattern_support)) for value in new.values()]
        if watchers:
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            registration = types.Registration(
                f"watched-{len(self._watched)}", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options
            )
            self._server.client_register_capability(types.RegistrationParams([registration]))


def _watcher(folder: Path, pattern: str, *, relative: bool) -> types.FileSystemWatcher:
    if not relative:
        return types.FileSystemWatcher(f"{folder.as_posix()}/{pattern}")
    return types.FileSystemWatcher(types.RelativePattern(from_fs_path(str(folder)) or "", pattern))


class Server(LanguageServer):
    """The server of one editor, with a session for each knowledge base that it has documents of."""

    def __init__(self) -> None:
        super().__init__(
            "postmortems", __version__, types.TextDocumentSyncKind.Full, protocol_cls=Protocol, max_workers=2
        )
        self.editor = Editor(self)
        self._sessions: dict[Path, Session] = {}
        self._has_missed = False
        self._of_document: dict[str, tuple[Session, Path]] = {}

    def open(self, document: types.TextDocumentItem) -> None:
        """Take a document that was opened, if it can be part of a knowledge base."""
        name = to_fs_path(document.uri)
        if name is None:
            return
        file = Path(os.path.normpath(name))
        try:
            config = find_config(file.parent)
        except (ProjectError, OSError) as error:
            if not self._has_missed:
                self._has_missed = True
                self.editor.say(str(error))
            return
        session = self._sessions.setdefault(config, Session(config, self.editor))
        self._of_document[document.uri] = session, file
        self.change(document.uri, document.version, document.text)

    def change(self, uri: str, version: int | None, text: str) -> None:
        """Take the new text of a document."""
        if uri in self._of_document:
            session, file = self._of_document[uri]
            encoding = types.PositionEncodingKind(self.workspace.position_encoding or "utf-16").value
            session.put(file, OpenDocument(uri, version, Text(text, encoding)))

    def close(self, uri: str) -> None:
        """Forget a document that was closed."""
        if uri in self._of_document:
            session, file = self._of_document.pop(uri)
            session.remove(file)

    def files_changed(self, uris: Iterable[str]) -> None:
        """Have every session look at files that have changed on disk."""
        files = [Path(os.path.normpath(name)) for uri in uris if (name := to_fs_path(uri))]
        for session in self._sessions.values():
            session.files_changed(files)

    def asked(self, uri: str) -> tuple[KnowledgeBase, str] | None:
        """The knowledge base of a document, and its path there; None of one too long to be read while one waits."""
        if uri not in self._of_document:
            return None
        session, file = self._of_document[uri]
        path = session.path_of(file)
        if session.base is None or path is None or len(session.base.texts[path].data) > TYPED_INTO:
            return None
        return session.base, path

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Note an error in the editor's log; one of a request is its answer."""
        if source is not FeatureRequestError:
            self.editor.log(f"{type(error).__name__}: {error}")


def make_server() -> Server:
    """A server with all its features."""
    server = Server()
    feature = server.feature

    @feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        server.open(params.text_document)

    @feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        uri = params.text_document.uri
        server.change(uri, params.text_document.version, server.workspace.get_text_document(uri).source)

    @feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        server.files_changed([params.text_document.uri])

    @feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        server.close(params.text_document.uri)

    @feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def files_changed(params: types.DidChangeWatchedFilesParams) -> None:
        server.files_changed(change.uri for change in params.changes)

    @feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=list(_TRIGGERS)))
    def completion(params: types.CompletionParams) -> types.CompletionList:
        asked = server.asked(params.text_document.uri)
        items = complete(*asked, params.position) if asked else []
        return types.CompletionList(len(items) >= MOST, items)

    @feature(types.TEXT_DOCUMENT_HOVER)
    def hover(params: types.HoverParams) -> types.Hover | None:
        asked = server.asked(params.text_document.uri)
        return lookup.explain(*asked, params.position) if asked else None

    @feature(types.TEXT_DOCUMENT_DEFINITION)
    def definition(params: types.DefinitionParams) -> types.Location | None:
        asked = server.asked(params.text_document.uri)
        return lookup.definition(*asked, params.position) if asked else None

    @feature(types.TEXT_DOCUMENT_DOCUMENT_LINK)
    def document_links(params: types.DocumentLinkParams) -> list[types.DocumentLink]:
        asked = server.asked(params.text_document.uri)
        return lookup.links(*asked) if asked else []

    @feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions([types.CodeActionKind.QuickFix]))
    def code_actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        uri = params.text_document.uri
        asked = server.asked(uri)
        version = server.workspace.get_text_document(uri).version
        return quick_fixes(*asked, params.range, uri, version) if asked else []

    return server

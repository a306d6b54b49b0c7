"""The only room that knows click: one file a command."""

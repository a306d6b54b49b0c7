"""The language server: an adapter between an editor and the rooms, never a second parser."""

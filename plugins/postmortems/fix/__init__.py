"""Fixes: a diagnostic or a document becomes edits, if it is sure what is meant; nothing here writes a file.

A fix is sure of what it does, or does nothing. It changes the bytes that it is about and leaves all others alone.
"""

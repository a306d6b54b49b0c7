"""What is surely meant? A diagnostic or a document becomes edits; nothing here writes a file.

A fix is sure of what it does, or does nothing. It changes the bytes that it is about and leaves all others alone.
"""

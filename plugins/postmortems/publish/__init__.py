"""The only room that knows MkDocs. Its hooks translate and decide nothing."""

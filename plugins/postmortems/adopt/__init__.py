"""Records of other people and programs become our files. One module a source, in `sources`.

Nothing here is sure of more than a record says: every value has a certainty and an origin. Nothing here touches the
disk; a source is given the paths and bytes of its files.
"""

"""Text becomes nouns. Reading returns what it could build, plus a problem for everything that it could not.

Reading one file is a pure function of its path, its bytes and the settings; only `files` and `settings_file` touch
the disk. Nothing here raises on bad input.
"""

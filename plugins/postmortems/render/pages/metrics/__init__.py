"""The metrics page, and the pictures in it; its layouts print the figures of `analyse`."""

"""Exports of trackers → tickets with their states: one module a tracker. No network, no file is opened."""

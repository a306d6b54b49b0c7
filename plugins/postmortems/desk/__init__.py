"""Adapters that run beside an author or an assistant: a protocol on one side, the rooms on the other."""

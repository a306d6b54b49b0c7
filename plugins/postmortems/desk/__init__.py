"""What runs beside an author or an assistant: adapters between a protocol and the rooms, never a second reader."""

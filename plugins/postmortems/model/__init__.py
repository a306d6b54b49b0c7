"""The nouns of the knowledge base, as frozen values. Nothing here reads, writes or formats anything."""

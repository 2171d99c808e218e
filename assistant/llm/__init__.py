"""Chat models behind one Protocol: OpenAI-compatible endpoints, a local GGUF."""

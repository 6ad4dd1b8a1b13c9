"""The document rules that come with resolver, one module each, all built-in plugins."""

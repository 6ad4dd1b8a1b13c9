"""Write packs as tables of other tools: one module a format, each with a function ``write``."""

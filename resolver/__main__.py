"""``python -m resolver``."""

from resolver.cli import main

main()

"""More than one processor, more than one machine."""

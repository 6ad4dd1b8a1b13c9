"""Fuzzing: what comes in, changed at random, and what is promised of all of it.

`targets` is the table of what is fuzzed, `checks` puts an input through the project, `promise` holds
what is promised whatever the input. ``python tests/fuzz.py`` runs them.
"""

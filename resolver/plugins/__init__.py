"""Plugins: found, loaded one at a time, checked, called through typed functions."""

from resolver.plugins.calling import Plugins, stop
from resolver.plugins.loading import load_plugins
from resolver.plugins.plugin import Plugin

__all__ = ["Plugin", "Plugins", "load_plugins", "stop"]

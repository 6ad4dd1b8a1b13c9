"""Serve the playground from this process until it is told to stop."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable

import uvicorn

from resolver.errors import ConfigurationError
from resolver.playground.application import application
from resolver.playground.workspace import Workspace


def serve(
    workspace: Workspace, host: str, port: int, size_limit: int, ready: Callable[[str], None]
) -> None:
    """Serve until SIGINT or SIGTERM.

    Args:
        workspace: What is served.
        host: Name or address to listen on.
        port: Port to listen on; 0 for any that is free.
        size_limit: How many bytes the body of a request may have.
        ready: Called with the address once it can be opened.

    Raises:
        ConfigurationError: Nothing can listen there.
    """
    listener = _listen(host, port)
    config = uvicorn.Config(
        application(workspace, host, size_limit),
        log_level="warning",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        lifespan="on",
        ws="none",
        timeout_graceful_shutdown=2,
    )
    ready(_address(host, listener.getsockname()[1]))
    _Server(config, workspace).run(sockets=[listener])


class _Server(uvicorn.Server):
    """Tells those who wait that it stops, so that it can."""

    def __init__(self, config: uvicorn.Config, workspace: Workspace) -> None:
        super().__init__(config)
        self._workspace = workspace

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._workspace.stop()
        await super().shutdown(sockets)


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (socket.gaierror, UnicodeError):
        message = f"--host {host}: there is no such host, name this machine or one of its addresses"
        raise ConfigurationError(message) from None
    listener = socket.socket(family, kind, protocol)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(2048)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            message = f"port {port} of {host} is in use, choose another with --port, or 0 for any"
        else:
            message = f"cannot listen on {host}, port {port}: {error.strerror}"
        raise ConfigurationError(message) from None
    return listener


def _address(host: str, port: int) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"

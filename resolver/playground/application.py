"""The application: the page, what it asks for, and the interface for other programs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.resources import files

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp

from resolver.errors import ResolverError
from resolver.playground.api import Api
from resolver.playground.bodies import answer
from resolver.playground.drafts import Drafts
from resolver.playground.guard import Guard
from resolver.playground.worker import StoppedError
from resolver.playground.workspace import BusyError, Workspace

_MEANINGS = {404: "there is nothing here", 405: "this method is not answered here"}
_TYPES = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
}


# Smaller than elsewhere, since many may be under way at a time.
SIZE_LIMIT = 4_000_000


def application(workspace: Workspace, host: str, size_limit: int = SIZE_LIMIT) -> ASGIApp:
    """Return the application.

    Args:
        workspace: What it works on.
        host: The name that it is served under.
        size_limit: How many bytes the body of a request may have.
    """

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        workspace.start()
        yield

    found = assets()

    async def asset(request: Request) -> Response:
        name = request.path_params.get("name", "index.html")
        if name not in found:
            raise HTTPException(404)
        return Response(found[name], media_type=_TYPES[name.rpartition(".")[2]])

    app = Starlette(
        routes=[
            Route("/", asset, methods=["GET"]),
            Route("/page/{name}", asset, methods=["GET"]),
            *Api(workspace).routes(),
            *Drafts(workspace).routes(),
        ],
        exception_handlers={
            HTTPException: _refused,
            ResolverError: _unusable,
            BusyError: _busy,
            StoppedError: _stopped,
            Exception: _failed,
        },
        lifespan=lifespan,
    )
    app.state.size_limit = size_limit
    app.router.redirect_slashes = False  # which fails over addresses that are not ASCII
    return Guard(app, host)


def assets() -> dict[str, bytes]:
    """Return the files of the page, and those that all views share, by name."""
    folders = (files("resolver.look"), files("resolver.playground") / "static")
    return {
        file.name: file.read_bytes()
        for folder in folders
        for file in folder.iterdir()
        if file.name.rpartition(".")[2] in _TYPES
    }


async def _refused(_: Request, error: Exception) -> Response:
    status = getattr(error, "status_code", 400)
    message = _MEANINGS.get(status) or getattr(error, "detail", "")
    return answer({"error": message}, status, getattr(error, "headers", None))


async def _unusable(_: Request, error: Exception) -> Response:
    return answer({"error": str(error).partition("\n")[0]}, 422)


async def _busy(_: Request, __: Exception) -> Response:
    message = "too many requests wait, try again in a second"
    return answer({"error": message}, 503, {"Retry-After": "1"})


async def _stopped(_: Request, __: Exception) -> Response:
    return answer({"error": "the server was stopped"}, 503)


async def _failed(_: Request, __: Exception) -> Response:
    return answer({"error": "resolver failed, what happened is in its terminal"}, 500)

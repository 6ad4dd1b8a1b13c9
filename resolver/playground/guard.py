"""Who may ask, and what browsers may do with the answers.

A page of a stranger that is open in the user's browser must neither read packs nor write them. It
can send requests to this machine, under a name of its own that it lets point here: so only names
that belong to this machine are answered, nothing but GET is answered that comes from another
origin, and no answer may be framed, guessed at or kept.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from resolver.playground.bodies import answer

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
        "require-trusted-types-for 'script'; trusted-types 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}


class Guard:
    """Lets through what may pass, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp, host: str) -> None:
        """Take what to guard, and the name that it is served under."""
        self._app = app
        self._host = host.lower()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse to."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        refusal = self._refusal(scope["method"], Headers(scope=scope))
        if refusal:
            response = answer({"error": refusal[1]}, refusal[0])
            await response(scope, receive, send_guarded)
        else:
            await self._app(scope, receive, send_guarded)

    def _refusal(self, method: str, headers: Headers) -> tuple[int, str] | None:
        host = headers.get("host", "")
        if not self._is_ours(host):
            return 421, "this host name is not served here, use the address that resolver printed"
        origin = headers.get("origin")
        if origin is not None and method not in {"GET", "HEAD"} and not _is_same(origin, host):
            return 403, "requests from other sites are not answered"
        return None

    def _is_ours(self, host: str) -> bool:
        """Return whether a host is named as nobody else's can be: by a number, or as was said."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
            if name in {"localhost", self._host}:
                return True
            ip_address(name)
        except ValueError:
            return False
        return True


def _is_same(origin: str, host: str) -> bool:
    return origin.lower() in {f"http://{host}".lower(), f"https://{host}".lower()}

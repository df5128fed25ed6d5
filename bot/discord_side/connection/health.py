"""`/healthz` and `/metrics` on loopback, for whoever hosts the bot: off unless a port is set."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Protocol

from aiohttp import web

from bot.errors import WrongSetting

LOOPBACK = "127.0.0.1"
PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


class Watched(Protocol):
    """A bot that can say how it is."""

    def state(self) -> dict[str, object]:
        """What there is to say; `well` says whether questions are answered or will be."""
        ...

    def metrics(self) -> bytes:
        """The figures in Prometheus's text format."""
        ...


@asynccontextmanager
async def health(bot: Watched, port: int | None) -> AsyncIterator[None]:
    """While entered, answers on this port of 127.0.0.1, if there is one. Raises WrongSetting where it is taken.

    `/healthz` has status 200 while the bot is well, else 503.
    """
    if port is None:
        yield
        return
    runner = web.AppRunner(_app(bot), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, LOOPBACK, port).start()
        except OSError:
            raise WrongSetting("ONRECORD_HEALTH_PORT", "a port that no other program has") from None
        yield
    finally:
        await runner.cleanup()


def _app(bot: Watched) -> web.Application:
    async def healthz(request: web.Request) -> web.Response:
        state = bot.state()
        return web.json_response(state, status=200 if state["well"] else 503)

    async def metrics(request: web.Request) -> web.Response:
        return web.Response(body=bot.metrics(), headers={"Content-Type": PROMETHEUS})

    app = web.Application()
    app.add_routes([web.get("/healthz", healthz), web.get("/metrics", metrics)])
    return app

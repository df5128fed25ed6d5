"""What a host can measure of a running bot, as Prometheus reads it: counts and times, nothing that anybody wrote; and
`/healthz` and `/metrics` on loopback, off unless a port is set.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from math import isfinite

from aiohttp import web
from prometheus_client import CollectorRegistry, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.discord_side.base import Bot
from bot.errors import WrongSetting

BUCKETS_S = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 25.0)
LOOPBACK = "127.0.0.1"
PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


class Figures(Collector):
    """The figures of one bot; `taken` measures its replies, `text` has them all."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self._registry = CollectorRegistry()
        self.taken = Histogram(
            "onrecord_reply_seconds",
            "Seconds from an event that the bot answers to the end of its reply",
            buckets=BUCKETS_S,
            registry=self._registry,
        )
        self._registry.register(self)
        ProcessCollector(registry=self._registry)  # memory, processor time and open files, where the system tells them

    def collect(self) -> Iterator[Metric]:
        """What Prometheus asks for, read from the bot at that moment."""
        bot, desk = self.bot, self.bot.desk
        yield _gauge("connected", "Whether the gateway is there", bot.is_connected())
        yield _gauge("library_open", "Whether the library is open", desk.state == "open")
        yield _gauge("servers", "Servers that the bot is in", len(bot.guilds))
        yield _gauge("stories_shared", "Stories that every server may ask", desk.stories_held.get("", 0))
        own = sum(count for owner, count in desk.stories_held.items() if owner)
        yield _gauge("stories_own", "Stories of the servers and people who asked since the start", own)
        yield _gauge("replies_under_way", "Replies that are being made", len(bot.under_way))
        if isfinite(bot.latency):
            yield _gauge("gateway_latency_seconds", "Seconds from a heartbeat to its acknowledgement", bot.latency)
        requests = CounterMetricFamily("onrecord_discord_requests", "Requests to Discord", labels=["status"])
        for status, count in sorted(bot.traffic.answers.items()):
            requests.add_metric([str(status)], count)
        yield requests
        outcomes = dict(desk.outcomes)
        yield CounterMetricFamily("onrecord_answers", "Questions that were answered", outcomes.pop("answered", 0))
        refused = CounterMetricFamily("onrecord_abstentions", "Questions that were not answered", labels=["reason"])
        for reason, count in sorted(outcomes.items()):
            refused.add_metric([reason], count)
        yield refused

    def state(self) -> dict[str, object]:
        """How the bot is; `well` says that questions are answered, if only once the library has opened."""
        connected, library = self.bot.is_connected(), self.bot.desk.state
        well = connected and library != "failed"
        return {"well": well, "gateway": connected, "library": library, "servers": len(self.bot.guilds)}

    def text(self) -> bytes:
        """All figures in Prometheus's text format."""
        return generate_latest(self._registry)


def _gauge(name: str, meaning: str, value: float) -> Metric:
    """A figure that stands for now."""
    return GaugeMetricFamily(f"onrecord_{name}", meaning, value)


@asynccontextmanager
async def health(figures: Figures, port: int | None) -> AsyncIterator[None]:
    """While entered, answers on this port of 127.0.0.1, if there is one. Raises WrongSetting where it is taken.

    `/healthz` has status 200 while the bot is well, else 503.
    """
    if port is None:
        yield
        return
    runner = web.AppRunner(_app(figures), access_log=None, shutdown_timeout=0.5)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, LOOPBACK, port).start()
        except OSError:
            raise WrongSetting("ONRECORD_HEALTH_PORT", "a port that no other program has") from None
        yield
    finally:
        await runner.cleanup()


def _app(figures: Figures) -> web.Application:
    async def healthz(request: web.Request) -> web.Response:
        state = figures.state()
        return web.json_response(state, status=200 if state["well"] else 503)

    async def metrics(request: web.Request) -> web.Response:
        return web.Response(body=figures.text(), headers={"Content-Type": PROMETHEUS})

    app = web.Application()
    app.add_routes([web.get("/healthz", healthz), web.get("/metrics", metrics)])
    return app

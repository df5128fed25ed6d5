"""What a host can measure of a running bot, as Prometheus reads it: counts and times, nothing that anybody wrote; and
`/healthz` and `/metrics` on loopback, off unless a port is set.
"""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Protocol

from aiohttp import web
from prometheus_client import CollectorRegistry, Histogram, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.errors import WrongSetting

BUCKETS_S = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 25.0)
LOOPBACK = "127.0.0.1"
PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8"


class Measured(Protocol):
    """A bot, as far as its figures are read from it when they are asked for."""

    def gauges(self) -> Iterable[tuple[str, str, float]]:
        """The name, the meaning and the value of each figure that stands for now."""
        ...

    def answers(self) -> dict[int, int]:
        """How often Discord answered with each status."""
        ...

    def outcomes(self) -> Mapping[str, int]:
        """How often a question was answered ("answered"), or was not, by the reason."""
        ...


@dataclass(eq=False)
class Figures(Collector):
    """The figures of one bot; `text` has them all."""

    bot: Measured
    _registry: CollectorRegistry = field(default_factory=CollectorRegistry)
    _taken: Histogram = field(init=False)

    def __post_init__(self) -> None:
        self._taken = Histogram(
            "onrecord_reply_seconds",
            "Seconds from an event that the bot answers to the end of its reply",
            buckets=BUCKETS_S,
            registry=self._registry,
        )
        self._registry.register(self)
        ProcessCollector(registry=self._registry)  # memory, processor time and open files, where the system tells them

    @contextmanager
    def timed(self) -> Iterator[None]:
        """Measures one reply."""
        began = perf_counter()
        try:
            yield
        finally:
            self._taken.observe(perf_counter() - began)

    def collect(self) -> Iterator[Metric]:
        """What Prometheus asks for, read from the bot at that moment."""
        for name, meaning, value in self.bot.gauges():
            yield GaugeMetricFamily(f"onrecord_{name}", meaning, value)
        requests = CounterMetricFamily("onrecord_discord_requests", "Requests to Discord", labels=["status"])
        for status, count in sorted(self.bot.answers().items()):
            requests.add_metric([str(status)], count)
        yield requests
        outcomes = dict(self.bot.outcomes())
        yield CounterMetricFamily("onrecord_answers", "Questions that were answered", outcomes.pop("answered", 0))
        refused = CounterMetricFamily("onrecord_abstentions", "Questions that were not answered", labels=["reason"])
        for reason, count in sorted(outcomes.items()):
            refused.add_metric([reason], count)
        yield refused

    def text(self) -> bytes:
        """All figures in Prometheus's text format."""
        return generate_latest(self._registry)


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

"""The command line's door: `onrecord`, or `python -m bot`."""

import io
import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and gives its exit code: 0 done, 1 failed, 2 misused, 130 interrupted."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # its threads would keep a core from the models by idling on it
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    from bot.terminal.boundary import run
    from bot.terminal.commands import onrecord

    given = list(sys.argv[1:] if arguments is None else arguments)

    def work() -> None:
        with onrecord.make_context("onrecord", given) as context:
            onrecord.invoke(context)

    return run(work)


if __name__ == "__main__":
    sys.exit(main())

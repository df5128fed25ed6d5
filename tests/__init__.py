"""Tests and measurements, which run as `onrecord` does: one thread for numpy's small products."""

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

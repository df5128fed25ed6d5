"""The line to Discord, and what a host sees of it: requests counted and held back, the log, health, `--check`."""

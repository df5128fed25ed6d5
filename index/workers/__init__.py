"""Processes that do what strangers' texts may make slow or deadly: with limits, killed at their deadline."""

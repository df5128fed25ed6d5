"""What the tests of the doors have from those of the terminal."""

from tests.bot.terminal.conftest import onrecord

__all__ = ["onrecord"]

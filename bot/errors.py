"""What can go wrong between a person and the stories. Each error holds its facts and says one sentence that helps.

Errors of stories and libraries are `index.errors`; a face shows both kinds the same way.
"""


class BotError(Exception):
    """The root of this package's errors. `exit_code` is what the command line leaves with."""

    exit_code = 1


class NoToken(BotError):
    """The Discord side was started without a token."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__(
            "There is no Discord token: open https://discord.com/developers/applications, choose your application, "
            "press “Reset Token” on its Bot page, and set DISCORD_TOKEN to what it shows."
        )


class WrongSetting(BotError):
    """A setting has a value that cannot be used. The value itself is not kept, since it may be a secret."""

    exit_code = 2

    def __init__(self, name: str, wanted: str) -> None:
        self.name = name
        self.wanted = wanted
        super().__init__(f"{name} has to be {wanted}.")


class UnreadableLine(BotError):
    """One line of a batch is not a question."""

    def __init__(self, line: int, why: str) -> None:
        self.line = line
        self.why = why
        super().__init__(f"Line {line} is not a question: {why}.")


class EmptyLibrary(BotError):
    """Something was asked of a library that holds no stories."""

    def __init__(self) -> None:
        super().__init__("This library holds no stories yet: add one with “onrecord add SOURCE”.")


class UnreadableSource(BotError):
    """A source of stories could not be read."""

    def __init__(self, source: str, why: str) -> None:
        self.source = source
        self.why = why
        super().__init__(f"“{source}” cannot be read: {why}.")

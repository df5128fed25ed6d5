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


class UnreadableBatch(BotError):
    """A file of questions could not be read, or not to its end."""

    def __init__(self, source: str, why: str) -> None:
        self.source = source
        self.why = why
        super().__init__(f"The questions in {source} cannot be read: {why.lower()}.")


class WrongInput(BotError):
    """What a program sent cannot be used: `why` is the second half of a sentence."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(f"What was sent cannot be used: {why}.")


class NotInstalled(BotError):
    """A command needs packages of an extra that are not installed."""

    def __init__(self, command: str, extra: str) -> None:
        self.extra = extra
        super().__init__(f"“onrecord {command}” needs more than is installed: pip install 'onrecord[{extra}]'.")


class Unwritable(BotError):
    """A file that was to be written cannot be: `why` is the second half of a sentence."""

    def __init__(self, path: str, why: str) -> None:
        self.path = path
        super().__init__(f"{path} cannot be written: {why}.")


class PortTaken(BotError):
    """A port that a door was to be opened on cannot be listened on: `why` is the second half of a sentence."""

    def __init__(self, port: int, why: str) -> None:
        self.port = port
        super().__init__(f"Port {port} of 127.0.0.1 cannot be listened on: {why}.")


class EmptyLibrary(BotError):
    """Something was asked of a library that holds no stories."""

    def __init__(self) -> None:
        super().__init__("This library holds no stories yet: add one with “onrecord add SOURCE”.")


class Incident(BotError):
    """Something that was not foreseen; `number` finds it in the log, which is a file or else standard error."""

    def __init__(self, number: str, log: str | None) -> None:
        self.number = number
        self.log = log
        where = f"in {log}" if log else "above"
        super().__init__(f"Something went wrong that should not have; incident {number} {where} says what.")


class TooBusy(BotError):
    """More questions wait than are taken on at once."""

    def __init__(self) -> None:
        super().__init__("I have more questions than I can take just now: ask again in a moment.")


class TooSlow(BotError):
    """An answer was not there within its deadline."""

    def __init__(self, deadline_s: float) -> None:
        self.deadline_s = deadline_s
        super().__init__("Sorry, that took too long: ask again, or ask about one speaker.")


class Stopping(BotError):
    """The bot is being stopped while somebody waits for an answer."""

    def __init__(self) -> None:
        super().__init__("Sorry, I am being restarted: ask again in a minute.")


class QuestionGone(BotError):
    """A button's reply can no longer be made anew, since the question above it is not to be found."""

    def __init__(self) -> None:
        super().__init__("The question that this answered is gone, so I cannot turn the page: ask again.")


class StoryGone(BotError):
    """The story that was asked about is not, or no longer, held."""

    def __init__(self) -> None:
        super().__init__("I do not hold that story, or no longer: choose one of those that are offered as you type.")


class NotYourStories(BotError):
    """A button under an answer that came from somebody else's own stories, pressed where these are not at hand."""

    def __init__(self) -> None:
        super().__init__("This answer came from the own stories of whoever asked, so only they can use its buttons.")


class NotAllowed(BotError):
    """Something that only those who run a server, or whom they chose, may do: `what` is the second half."""

    def __init__(self, what: str) -> None:
        self.what = what
        super().__init__(f"Only members who may manage this server{what}")


class TooSoon(BotError):
    """A question before a server's cooldown for one person is over."""

    def __init__(self, wait_s: int) -> None:
        self.wait_s = wait_s
        super().__init__(f"In this server I take one question of a person at a time: ask again in {wait_s} s.")


class LibraryFull(BotError):
    """More stories, or bytes of them, than one server or one person may keep, or than one source may bring."""

    def __init__(self, most: int, where: str, what: str = "stories") -> None:
        self.most = most
        super().__init__(f"That is more than the {most:,} {what} that {where}.")


class TooMany(BotError):
    """More of something than one server or one person may have."""

    def __init__(self, most: int, what: str) -> None:
        self.most = most
        super().__init__(f"There may be no more than {most:,} {what} here: give one up first.")


class DiscordUnusable(BotError):
    """Discord cannot be used: `why` is a whole sentence that says what to do."""

    def __init__(self, why: str, exit_code: int = 1) -> None:
        self.why = why
        self.exit_code = exit_code
        super().__init__(why)

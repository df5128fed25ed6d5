"""Every limit of the Discord side in one table, each with its unit and where it comes from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken on, and how long anything may take. Discord's own limits are the constants below."""

    answer_s: float = 25.0
    """Seconds for one answer once the library is open: long beside the usual tenth of a second."""
    opening_s: float = 600.0
    """Seconds a question waits for the library to open, models and all; an interaction stays open for 900."""
    questions_answered_at_once: int = 2
    """Threads that answer, so that a slow question holds up no other; more of them would wait for each other."""
    handover_s: float = 0.001
    """Seconds after which a thread at work lets another one on, Python's own being 0.005: the event loop waits so long
    for each that answers (tests.benchmarks.load, in turns: late by 126 and 95 ms with those, 86 and 87 with these)."""
    waiting_questions: int = 64
    """Questions in hand at once over all; beyond it people are told to try again."""
    questions_of_one_person: int = 3
    """Questions in hand at once for one person, so that nobody crowds out the others."""
    finishing_s: float = 5.0
    """Seconds for answers under way when the bot is stopped; then they are apologised for."""
    apologising_s: float = 2.0
    """Seconds for sending those apologies."""
    closing_s: float = 0.5
    """Seconds for each of the five that are closed then: the line to Discord, what runs on it, the rooms of the desk,
    the libraries, the figures. What hangs is left behind: a library loses nothing by it."""
    choices_fresh_s: float = 60.0
    """Seconds after which the names offered while typing are read from the library again."""
    silence_s: float = 55.0
    """Seconds without a word from the gateway after which the line counts as dead: Discord lets it speak every 41, and
    discord.py gives a new connection 60 to begin."""
    choices_renewed_s: float = 0.15
    """Seconds that somebody who types waits for names read anew; then those known before are offered."""
    choices_s: float = 1.5
    """Seconds that somebody who types waits for names that were never read yet; Discord allows 3."""
    rules_s: float = 1.0
    """Seconds that an acknowledgement waits for a server's settings; until they are known it is private."""
    adding_s: float = 840.0
    """Seconds for adding stories; an interaction stays open for 900."""
    progress_s: float = 2.0
    """Seconds between two edits that say how far the adding is."""
    additions: int = 16
    """Additions waiting or under way at once over all."""
    story_bytes: int = 5_000_000
    """Bytes of one attached file; a fetched page may have as many on the way, and twice as many unpacked."""
    unpacked_bytes: int = 20_000_000
    """Bytes that a packed file may hold: text packs to a third or a quarter of itself."""
    stories_of_one_source: int = 200
    """Stories that one file or feed may bring at once."""
    stories_of_one_owner: int = 2_000
    """Stories that one server or one person may keep."""
    bytes_of_one_owner: int = 40_000_000
    """Bytes of text that one server or one person may keep: 2,000 stories of five times the usual length."""
    feeds_of_one_owner: int = 20
    """Feeds that one server or one person may follow."""
    watches_of_one_owner: int = 50
    """Watches that one server or one person may have."""
    watching_s: float = 15.0
    """Seconds between two looks for news that somebody watches for, where nothing says that there are any."""
    giving_way_s: float = 0.25
    """Seconds that each note about what is watched for waits for answers under way: a story that 260 watches mean has
    1,300 of them (tests.benchmarks.watched)."""
    telling_s: float = 60.0
    """Seconds for telling one watch of its news."""
    looks_s: float = 15.0
    """Seconds between two looks for messages that a process of the bot died over."""
    silent_s: float = 60.0
    """Seconds without a look after which a process counts as dead; far more than a busy one ever takes."""
    turns_back: int = 6
    """Earlier questions that a follow-up looks back to."""
    quiet_s: float = 1800.0
    """Seconds of silence after which a direct message or a thread is a new conversation, unless it is a reply."""

    @property
    def ending_s(self) -> float:
        """Seconds from being told to stop to the end, whatever hangs."""
        return self.finishing_s + self.apologising_s + 5 * self.closing_s


REQUESTS_PER_SECOND = 50
"""Requests of one bot over all, those that answer interactions left out (Discord)."""
RETRY_S = (0.5, 2.0, 5.0)
"""Seconds before each further try of a request that broke down on the way, or that Discord failed at."""
TYPING_SHOWN_S = 8.0
"""Seconds after which the sign of typing is renewed; Discord shows it for ten."""
TYPING_ENDS_S = 0.5
"""Seconds that an answer waits for a sign of typing that is on its way."""
CONTENT_MAX = 2_000
"""Code points in a message's content (Discord)."""
DESCRIPTION_MAX = 4_096
"""Code points in an embed's description (Discord)."""
THREAD_NAME_MAX = 100
"""Code points in the name of a thread (Discord)."""
CHOICES_MAX = 25
"""Choices of one autocompletion, and options of one menu (Discord)."""
CHOICE_MAX = 100
"""Code points of one choice, name and value alike (Discord)."""
OPTION_MAX = 100
"""Code points of an option of a menu, and of what stands under it (Discord)."""
QUESTION_MAX = 250
"""Code points of a question that are read: fits an embed's author line, where it is kept for the buttons."""
MESSAGE_MAX = 1_000
"""Code points of a question that are read where the reply need not keep it: of a message, and of a command."""
ALL_PAGES_MAX = 5
"""Pages sent at once to somebody who asks for somebody else's answer."""

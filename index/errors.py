"""What can go wrong with stories and libraries. Each error holds its facts and says one sentence for a reader of chat."""


class OnRecordIndexError(Exception):
    """The root of this package's errors."""

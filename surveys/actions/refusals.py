"""Why an action did not do what was asked, in words for the person who asked."""


class RefusedError(Exception):
    """The action was not done; the message says why and what can be done about it."""


class ChangedMeanwhileError(RefusedError):
    """Somebody else saved the same thing first; nothing of theirs was overwritten."""

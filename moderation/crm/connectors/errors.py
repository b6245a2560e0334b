"""What can go wrong on the way to a CRM. `permanent` says whether trying again could ever help."""


class ConnectorError(Exception):
    """The CRM did not do it. `str(error)` is a sentence for the outbox page, without secrets or private words."""

    permanent = False

    def __init__(self, sentence: str, *, permanent: bool | None = None) -> None:
        super().__init__(sentence)
        if permanent is not None:
            self.permanent = permanent

    @property
    def name(self) -> str:
        return type(self).__name__


class Transient(ConnectorError):
    """The network or the CRM stumbled; nothing was done there."""


class RateLimited(ConnectorError):
    """Too fast. `retry_after` is what the CRM asked for, in seconds, or None when it named no time."""

    def __init__(self, sentence: str, retry_after: float | None = None) -> None:
        super().__init__(sentence)
        self.retry_after = retry_after


class AuthExpired(ConnectorError):
    """The CRM no longer knows us, even after signing in anew: somebody has to look at the connection."""


class Ambiguous(ConnectorError):
    """It was sent and no answer came: it may have been done. Nothing is sent again before `find`."""


class Conflict(ConnectorError):
    """The record moved on over there: read it again, merge, try again."""


class Gone(ConnectorError):
    """The record was deleted or merged over there."""

    permanent = True


class Invalid(ConnectorError):
    """The CRM refused it, or answered something nobody understands. It waits for a person."""

    permanent = True

"""A mail server of its own process that takes everything and keeps nothing."""

import sys
import threading
from typing import Any

from aiosmtpd.controller import Controller


class Nothing:
    """Takes each mail and forgets it; commands may come in one turn, as at any server in use."""

    async def handle_EHLO(  # noqa: N802
        self, _server: Any, session: Any, _envelope: Any, hostname: str, responses: list[str]
    ) -> list[str]:
        """Say what the server can do."""
        session.host_name = hostname
        return [responses[0], "250-PIPELINING", *responses[1:]]

    async def handle_DATA(self, *_arguments: Any) -> str:  # noqa: N802
        """Say that the mail was taken."""
        return "250 taken"


if __name__ == "__main__":
    Controller(Nothing(), hostname="127.0.0.1", port=int(sys.argv[1])).start()
    threading.Event().wait()

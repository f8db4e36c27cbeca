"""Security events for the log: what happened to which account, by its number, and nothing else."""

import logging

logger = logging.getLogger("backtrain.security")


def record(event: str, *, user: int | None = None) -> None:
    """One line such as "event=token-made user=7"; of a visitor "user=-"."""
    who = "-" if user is None else user
    logger.info("event=%s user=%s", event, who, extra={"event": event, "user": user})

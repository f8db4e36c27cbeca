"""Where rate limits are counted: a cache that may be away, and sign-in must not stop; and one of
this process, which a clock that is set can't stop either.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.db import BaseDatabaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.db import transaction

from backtrain.circuit_breaker import CircuitBreaker, one_line

logger = logging.getLogger(__name__)

OPEN_SECONDS = 30


breaker = CircuitBreaker(OPEN_SECONDS)


class SteadyLocMemCache(LocMemCache):
    """Django's, but keeps things by how much time passes, not by what the clock says: else whoever
    was locked out for five minutes is so for a day more where the clock is set back by one.
    """

    def get_backend_timeout(self, timeout: Any = DEFAULT_TIMEOUT) -> float | None:
        at = super().get_backend_timeout(timeout)
        return None if at is None else at - time.time() + time.monotonic()

    def _has_expired(self, key: str) -> bool:
        at = self._expire_info.get(key, -1)  # type: ignore[attr-defined]
        return at is not None and at <= time.monotonic()


class FallbackCache(BaseCache):
    """CACHES["shared"] while that answers, else CACHES["local"], which is this process's own."""

    def __init__(self, location: str, params: dict[str, Any]) -> None:
        super().__init__(params)

    def add(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._ask("add", *args, **kwargs))

    def get(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask("get", *args, **kwargs)

    def set(self, *args: Any, **kwargs: Any) -> None:
        self._ask("set", *args, **kwargs)

    def touch(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._ask("touch", *args, **kwargs))

    def delete(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._ask("delete", *args, **kwargs))

    def has_key(self, *args: Any, **kwargs: Any) -> bool:
        return bool(self._ask("has_key", *args, **kwargs))

    def clear(self) -> None:
        self._ask("clear")

    def _ask(self, method: str, *args: Any, **kwargs: Any) -> Any:
        """What the shared cache answers, or the local one if it can't."""
        if not breaker.is_open:
            try:
                answer = self._ask_shared(getattr(caches["shared"], method), *args, **kwargs)
            except Exception as error:
                _note(error)
            else:
                if breaker.close():
                    logger.info("The shared cache is back: rate limits count in it again.")
                return answer
        return getattr(caches["local"], method)(*args, **kwargs)

    def _ask_shared(self, ask: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with _apart(caches["shared"]):
            return ask(*args, **kwargs)


@contextmanager
def _apart(cache: BaseCache) -> Iterator[None]:
    """Keeps a table that is missing from breaking the transaction in which it was asked for."""
    if isinstance(cache, BaseDatabaseCache) and transaction.get_connection().in_atomic_block:
        with transaction.atomic():
            yield
    else:
        yield


def _note(error: Exception) -> None:
    if breaker.open():
        logger.warning(
            "The shared cache can't be used (%s): rate limits count per process; it is tried"
            " again in %d seconds.",
            one_line(error),
            OPEN_SECONDS,
        )

"""The start of the application server, and what has to be there for it.

What is looked at are the system checks with the tag START, which ``manage.py check --deploy
--database default`` shows too, so that the two agree.
"""

import logging
import sys
from collections.abc import Callable
from typing import TypeVar

import django
from django.conf import settings
from django.core import checks

from backtrain.environment import WrongSetting

logger = logging.getLogger(__name__)

START = "start"
Application = TypeVar("Application")


def started(make: Callable[[], Application]) -> Application:
    """What ``make`` makes, or the end of the process, with sentences that say what is missing.

    A DEBUG server starts with whatever there is: that is where one sets up.
    """
    try:
        django.setup(set_prefix=False)
        if not settings.DEBUG:
            _look()
        return make()
    except WrongSetting as error:
        sys.exit(f"Backtrain can't start. {error}")


def _look() -> None:
    """Raises WrongSetting for what would break pages; logs what may pass. 3 queries."""
    found = checks.run_checks(tags=[START], include_deployment_checks=True, databases=["default"])
    errors = [each for each in found if each.level >= checks.ERROR]
    if errors:
        raise WrongSetting(" ".join(sentence(error) for error in errors))
    for each in found:
        logger.log(each.level, sentence(each))


def sentence(message: checks.CheckMessage) -> str:
    """What is wrong and what to do about it, on one line."""
    return " ".join(part for part in (message.msg, message.hint) if part)

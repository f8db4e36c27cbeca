"""Mail that may not go out: its server is away or hangs, and the site goes on.

Whoever asked for the mail waits for it, so that they can be told. But never for long, and not
many at a time: EMAIL_URL's server has MAIL_SECONDS for each of its answers, two mails a process
are under way at most, and after a failure none is tried for half a minute.
"""

import logging
import smtplib
from threading import BoundedSemaphore

from django.core.mail import EmailMessage

from backtrain.circuit_breaker import CircuitBreaker, one_line

logger = logging.getLogger(__name__)

AT_ONCE = 2
OPEN_SECONDS = 30
# What is said of one mail; the next may go out all the same.
OF_THIS_MAIL = (
    ValueError,  # an address or header that can't be written as SMTP has it
    smtplib.SMTPDataError,
    smtplib.SMTPNotSupportedError,
    smtplib.SMTPRecipientsRefused,
    smtplib.SMTPSenderRefused,
)

breaker = CircuitBreaker(OPEN_SECONDS)
_under_way = BoundedSemaphore(AT_ONCE)


def sent(message: EmailMessage) -> bool:
    """Send a mail; False, with a line in the log, if that can't be done now."""
    if breaker.is_open or not _under_way.acquire(blocking=False):
        logger.warning("A mail was not sent: the mail server is slow or away.")
        return False
    try:
        message.send()
    except OF_THIS_MAIL as error:
        logger.warning("A mail was not sent (%s).", one_line(error))
        return False
    except OSError as error:  # as all of smtplib's errors are
        breaker.open()
        logger.error(
            "A mail was not sent (%s): none is tried for %d seconds.", one_line(error), OPEN_SECONDS
        )
        return False
    finally:
        _under_way.release()
    breaker.close()
    return True

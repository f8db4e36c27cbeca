"""The WSGI entry point that the application server loads."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from backtrain.start import started

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backtrain.settings")

application = started(get_wsgi_application)
if settings.COLLECTED_STATIC:
    from backtrain.prerendering import keep_drawn, prerender  # which need the apps

    prerender(application)
    keep_drawn(application)

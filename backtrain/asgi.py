"""The ASGI entry point that the application server loads."""

import os

from django.core.asgi import get_asgi_application

from backtrain.start import started

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backtrain.settings")

application = started(get_asgi_application)

"""The ASGI entry point that the application server loads."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backtrain.settings")

application = get_asgi_application()

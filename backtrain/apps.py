from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class BacktrainConfig(AppConfig):
    name = "backtrain"

    def ready(self) -> None:
        from backtrain import (  # noqa: F401  (registers them)
            checks,
            one_time_codes,
            security_events,
            sessions,
            staff,
        )

        security_events.listen()


class BacktrainAdminConfig(AdminConfig):
    """Django's admin, with a frame of our own."""

    default_site = "backtrain.admin_site.AdminSite"

from django.apps import AppConfig


class BacktrainConfig(AppConfig):
    name = "backtrain"

    def ready(self) -> None:
        from backtrain import checks  # noqa: F401  (registers them)

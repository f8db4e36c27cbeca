from django.apps import AppConfig

from exercises.drawing import body_map


class ExercisesConfig(AppConfig):
    name = "exercises"
    verbose_name = "Catalogue"

    def ready(self) -> None:
        """Read the body map, so that a bad drawing stops the start and no visitor waits for it."""
        body_map.views()

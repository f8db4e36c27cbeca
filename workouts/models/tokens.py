"""Keys for an athlete's own scripts and apps."""

from django.db import models
from django.db.models import Q

from workouts.models.athlete import Athlete

MAX_TOKEN_NAME = 60


class ApiToken(models.Model):
    """Whoever has the token is its athlete at /api/v1/. Only its digest is kept, as SHA-256."""

    athlete = models.ForeignKey(Athlete, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=MAX_TOKEN_NAME)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    may_write = models.BooleanField(default=False)
    made_on = models.DateField()
    last_used_on = models.DateField(null=True)

    class Meta:
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(condition=~Q(name=""), name="workouts_apitoken_has_a_name"),
        )

    def __str__(self) -> str:
        return self.name

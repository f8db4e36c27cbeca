"""What Django may expect of tables that may have partitions."""

from django.db.backends.postgresql import features
from django.db.models import Model

from backtrain.postgresql.schema import athlete_of


class DatabaseFeatures(features.DatabaseFeatures):
    def allows_group_by_selected_pks_on_model(self, model: type[Model]) -> bool:
        """Not of what is an athlete's: with ``manage.py distribute`` its ``id`` is half a key, by
        which PostgreSQL does not know the other columns. Where it is the whole one, PostgreSQL
        itself leaves the others out.
        """
        allows: bool = super().allows_group_by_selected_pks_on_model(model)
        return allows and athlete_of(model) in (None, model._meta.pk)

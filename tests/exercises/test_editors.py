"""The Editors group edits the catalogue and nothing else."""

import pytest
from django.contrib.auth.models import Group


@pytest.mark.django_db
class TestEditorsGroup:
    def test_may_edit_every_part_of_the_catalogue(self, eddie):
        for model in ("muscle", "equipment", "exercise", "step", "target", "alias", "picture"):
            for verb in ("add", "change", "delete", "view"):
                assert eddie.has_perm(f"exercises.{verb}_{model}")

    def test_may_not_rewrite_what_upkeep_remembers(self, eddie):
        for model in ("revision", "synceddocument"):
            for verb in ("add", "change", "delete", "view"):
                assert not eddie.has_perm(f"exercises.{verb}_{model}")

    def test_has_no_permission_outside_the_catalogue(self):
        permissions = Group.objects.get(name="Editors").permissions

        apps = set(permissions.values_list("content_type__app_label", flat=True))
        assert apps == {"exercises"}

"""Keys that no row could have are no choice, and no question to a database."""

import pytest

from exercises.keys import RowsField, may_be_key
from exercises.models import Equipment
from tests.factories import EquipmentFactory

pytestmark = pytest.mark.django_db

NO_KEYS = ["9" * 19, "9" * 5000, "-1", "x", "\x00", "²", ""]


@pytest.mark.parametrize("key", NO_KEYS, ids=lambda key: repr(key[:20]))
def test_no_key_is_told(key):
    assert not may_be_key(Equipment._meta.pk, key)


def test_a_key_is_one():
    assert may_be_key(Equipment._meta.pk, str(EquipmentFactory.create().pk))


@pytest.mark.parametrize("key", NO_KEYS, ids=lambda key: repr(key[:20]))
def test_settings_refuse_it(alices_client, key):
    data = {"unit": "kg", "time_zone": "UTC", "week_start": "1", "equipment": [key]}

    assert alices_client.post("/accounts/settings/", data).status_code == 422


def test_rows_are_found():
    row = EquipmentFactory.create()

    assert list(RowsField(queryset=Equipment.objects.all()).clean([str(row.pk)])) == [row]

"""What the catalogue tells those who keep figures made of it. It knows nobody of them."""

from django.dispatch import Signal

# Whether what was logged of ``exercise`` could be read under its load type, before that is written.
# Receivers raise ValidationError with the reason where it could not.
load_type_asked = Signal()

# Exercises, by primary keys in ``exercises``, are loaded in another way than before; sent within
# the transaction that wrote it. ``is_read_anew`` says that the load type is another one.
# Receivers raise ValidationError to refuse.
loading_changed = Signal()

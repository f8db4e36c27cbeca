"""How passwords are kept."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2Hasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes and one thread, the least that OWASP advises.

    Django's 100 MiB for each who signs in would be most of a small server's memory. Source: OWASP
    Password Storage Cheat Sheet.
    """

    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1

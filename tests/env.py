"""A pytest plugin that gives the settings what they need, so that plain `pytest` works.

Settings are safe for production when nothing is set, and refuse to start without a secret key.
pytest-django reads them before any conftest; a plugin named with `-p` comes earlier still.
"""

import gc
import os

os.environ["ENV_FILE"] = os.devnull  # and not what whoever runs the tests has
os.environ.setdefault("DEBUG", "1")
os.environ.setdefault("SECRET_KEY", "a key for tests, which keep no secrets")
os.environ.setdefault("DATABASE_SECONDS", "0")  # a machine that is busy with tests may be slow

# Looking for circles among the thousands of tests takes a tenth of their time.
gc.set_threshold(50_000, 50, 100)

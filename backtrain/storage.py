"""How static files are stored in production."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Hashed, compressed static files, with the paths inside ES module imports hashed as well."""

    support_js_module_import_aggregation = True

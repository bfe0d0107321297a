"""The settings that the tests run on: the production ones, with quick and quiet parts."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests" * 4)
os.environ.setdefault("DEMO", "true")
os.environ.setdefault("DATABASE_URL", "sqlite://:memory:")
if "VAR_DIR" not in os.environ:  # the processes of xdist share their parent's
    os.environ["VAR_DIR"] = tempfile.mkdtemp(prefix="catalogue-tests-")

from config.settings import *  # noqa: F403

# A thread of a test's server ends without closing a connection that it keeps.
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Plain storage: no collectstatic before a test run.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

"""Before anything else: tests have a home and keys of their own, and run long work at once."""

import os
import tempfile

_home = tempfile.mkdtemp(prefix="heli-test-")
os.environ["HELI_HOME"] = f"{_home}/var"
os.environ["HELI_KEYS"] = f"{_home}/keys"
os.environ["HELI_HTTPS"] = "0"
os.environ["HELI_JOBS"] = "immediate"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
os.environ.pop("HELI_TODAY", None)
if os.environ.get("HELI_TEST_DATABASE_URL"):
    os.environ["DATABASE_URL"] = os.environ["HELI_TEST_DATABASE_URL"]
else:
    os.environ.pop("DATABASE_URL", None)

from heli.config import home  # noqa: E402

home.prepare()

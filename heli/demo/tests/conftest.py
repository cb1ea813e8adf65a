import pytest

from heli.common import days
from heli.common.models import Installation


@pytest.fixture
def demonstration(village, settings):
    """The small village, as if `heli demo` had made it."""
    settings.SECURE_SSL_REDIRECT = False
    Installation.objects.update(made_by="demo")
    days.forget_demo_day()
    return village

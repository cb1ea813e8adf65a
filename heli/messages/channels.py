"""Ways out of the app. A channel is a function (address, text) → receipt; an office puts its own in the settings."""

from collections.abc import Callable
from typing import cast

import structlog
from django.conf import settings
from django.utils.module_loading import import_string

Channel = Callable[[str, str], str]
log = structlog.get_logger("heli.messages")


def console(address: str, text: str) -> str:
    """Says in the log that a message would go out; the address shows only its end."""
    log.info("message", to=f"…{address[-2:]}", text=text)
    return "console"


def channel(name: str) -> Channel:
    return cast(Channel, import_string(settings.MESSAGE_CHANNELS[name]))

"""Logs as JSON lines with the request's id, and without personal data: no bodies, no query strings, no names."""

import logging
from contextvars import ContextVar

import structlog

request_id: ContextVar[str] = ContextVar("request_id", default="")


def formatter() -> logging.Formatter:
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _with_request_id,
        ],
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def _with_request_id(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    if request_id.get():
        event["request"] = request_id.get()
    return event

"""How content leaves: never kept by a browser, never taken for another kind of file, never able to run anything."""

from base64 import b64encode
from urllib.parse import quote

from django.http import HttpResponse

POLICY = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"


def guarded(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def picture(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="image/jpeg")
    response["Content-Disposition"] = "inline"
    return guarded(response)


def download(content: bytes, name: str, media: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = f"attachment; filename=\"paper\"; filename*=UTF-8''{quote(name, safe='')}"
    return guarded(response)


def inside(content: bytes) -> str:
    """A picture inside a page, for what may be seen on this page only."""
    return f"data:image/jpeg;base64,{b64encode(content).decode()}" if content else ""

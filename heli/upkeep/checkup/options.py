"""The settings as the environment made them."""

import os
from collections.abc import Iterator

from django.conf import settings

from heli.upkeep.place import Place

from .finding import Finding, bad, ok, warn

LOOPBACK = {"localhost", "127.0.0.1", "[::1]", "::1"}
LEAST_SECRET = 32


def debug(_place: Place) -> Iterator[Finding]:
    if settings.DEBUG:
        yield bad("debug", "HELI_DEBUG 开着，出错的页面会把里面的东西给人看。", "请去掉 HELI_DEBUG。")
    else:
        yield ok("debug", "HELI_DEBUG 没有开。")


def secret(place: Place) -> Iterator[Finding]:
    if len(settings.SECRET_KEY) < LEAST_SECRET:
        yield bad(
            "secret", "HELI_SECRET_KEY 太短。", f"请用至少 {LEAST_SECRET} 个随机的字，或者去掉它，用钥匙文件里的。"
        )
    elif os.environ.get("HELI_SECRET_KEY"):
        yield ok("secret", "签名用的密钥来自 HELI_SECRET_KEY。")
    elif place.ring.exists():
        yield ok("secret", "签名用的密钥和别的钥匙在一起。")
    else:
        yield warn("secret", "签名用的密钥还没有定下来。", "第一次运行 heli serve 时会造。")


def hosts(_place: Place) -> Iterator[Finding]:
    named = [host for host in settings.ALLOWED_HOSTS if host]
    if "*" in named:
        yield bad("hosts", "HELI_HOSTS 是 *，什么名字都认。", "请写上真正的域名，用逗号分开。")
    elif not named:
        yield bad("hosts", "HELI_HOSTS 是空的，谁也打不开页面。", "请写上域名，或者去掉它，只在本机用。")
    else:
        yield ok("hosts", f"认这些名字：{'、'.join(named)}")


def https(_place: Place) -> Iterator[Finding]:
    outside = beyond_loopback()
    if outside and not settings.HTTPS:
        yield bad("https", f"{outside[0]} 不走 https，路上的人看得到口令和住户。", "请在前面放一个代理，HELI_HTTPS=1。")
    elif outside and not settings.SECURE_PROXY_SSL_HEADER:
        yield warn(
            "https", "只走 https，但不听前面的代理说的，页面会来回转、打不开。",
            "代理会写 X-Forwarded-Proto 的话，请设 HELI_BEHIND_PROXY=1。",
        )  # fmt: skip
    elif outside:
        yield ok("https", "只走 https。")
    else:
        yield ok("https", "只在本机用，不用 https。")


def beyond_loopback() -> list[str]:
    """Names by which other machines could reach us."""
    return [host for host in settings.ALLOWED_HOSTS if host and host not in LOOPBACK]


CHECKS = (debug, secret, hosts, https)

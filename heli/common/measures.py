"""Areas as whole square decimetres (0.01 m²), and how they are written."""

from decimal import Decimal, InvalidOperation

MOST_M2 = Decimal(10_000_000)


def dm2(text: str) -> int | None:
    """Square metres in digits → whole square decimetres, half up; None where it is not a number or beyond reason."""
    whole, _point, rest = text.partition(".")
    if len(whole) < 8 and len(rest) < 3 and whole.isdecimal() and (rest.isdecimal() or not rest) and text.isascii():
        return int(whole) * 100 + int(rest.ljust(2, "0"))  # as almost all are written: nothing to round
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    if not value.is_finite() or abs(value) > MOST_M2:
        return None
    return int((value * 100).quantize(Decimal(1), rounding="ROUND_HALF_UP"))


def m2(area: int) -> str:
    """18645 → '186.45'."""
    sign = "-" if area < 0 else ""
    return f"{sign}{abs(area) // 100}.{abs(area) % 100:02d}"

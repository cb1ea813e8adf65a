"""How a value looks when it is covered: enough to recognise it by, not enough to use it."""


def masked(value: str, kind: str) -> str:
    if not value:
        return ""
    if kind == "id":
        return value[:6] + "*" * max(len(value) - 10, 4) + value[-4:]
    if kind == "phone":
        return value[:3] + "****" + value[-4:]
    if kind == "name":
        return value[:1] + "*" * max(len(value) - 1, 1)
    return "****"

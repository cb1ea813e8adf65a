"""Invented people: names, resident IDs that were never issued, telephones that cannot ring. The same from one seed."""

import random
from collections.abc import Container, Iterator
from itertools import product

from heli.common.resident_id import check_digit

SURNAMES = "林陈王张李江金叶潘郑吴徐朱毛阮谢赵蔡颜莫"
GIVEN = "云海平安建国文英秀兰春华冬梅志强小燕永康素芬雅琴伯年彩玲军正根土娥飞"
# People who help have names that nobody takes for a neighbour's.
PLAINLY_INVENTED = "星禾溪竹松荷枫岚雁雨雪霜露晴暖朗清舟帆渡桥灯书砚墨弦歌野渔耕樵麦穗橘榆槐桑麻"
PREFIXES = ("331081", "332623")


def dice_of(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  invented people, not secrets


def person_name(dice: random.Random) -> str:
    return dice.choice(SURNAMES) + "".join(dice.sample(GIVEN, dice.choice((1, 2, 2))))


def helper_name(dice: random.Random) -> str:
    return dice.choice(SURNAMES) + "".join(dice.sample(PLAINLY_INVENTED, 2))


def resident_id(dice: random.Random, number: int) -> str:
    """A resident ID that was never issued: sequence 000, and a birth day that differs with `number`."""
    year, month, day = 1940 + number % 60, 1 + number // 60 % 12, 1 + dice.randrange(28)
    first = f"331081{year}{month:02d}{day:02d}000"
    return first + check_digit(first)


def resident_ids(taken: Container[str]) -> Iterator[str]:
    """All such IDs one after the other, each once, without those that are taken: forty thousand of them."""
    for number in range(2 * 60 * 12 * 28):
        number, prefix = divmod(number, 2)
        number, year = divmod(number, 60)
        day, month = divmod(number, 12)
        first = f"{PREFIXES[prefix]}{1940 + year}{month + 1:02d}{day + 1:02d}000"
        if (whole := first + check_digit(first)) not in taken:
            yield whole


def resident_ids_late() -> Iterator[str]:
    """Others, born on the last days of a month, which nobody else of the demonstration is: thirteen hundred of them."""
    for month, day in product((1, *range(3, 13)), (29, 30)):
        for year in range(1940, 2000):
            first = f"331081{year}{month:02d}{day:02d}000"
            yield first + check_digit(first)


def phone(dice: random.Random) -> str:
    """Begins with 100, which is never a mobile number."""
    return f"100{dice.randrange(10**8):08d}"

"""A web page that some programs hand out under the name of an .xls: its tables, read as text."""

from html.parser import HTMLParser

from .errors import Unreadable

MOST_CELLS = 2_000_000
MOST_SPAN = 1000
UNSEEN = {"script", "style", "head", "title"}


class Tables(HTMLParser):
    """Rows of all tables of a page, one below the other; cells that reach over several stand as merged ones."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self.merged: list[tuple[int, int, int, int]] = []
        self.taken: dict[int, int] = {}
        self.cell: list[str] | None = None
        self.unseen, self.cells, self.span = 0, 0, (1, 1)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in UNSEEN:
            self.unseen += 1
        elif tag == "tr":
            self._end_cell()
            self.rows.append([])
            self.taken = {at: left - 1 for at, left in self.taken.items() if left > 1}
        elif tag in ("td", "th"):
            self._end_cell()
            self.cell, said = [], dict(attrs)
            self.span = _span(said.get("rowspan")), _span(said.get("colspan"))
        elif tag == "br" and self.cell is not None:
            self.cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self.unseen = max(0, self.unseen - 1)
        elif tag in ("td", "th", "tr", "table"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self.cell is not None and not self.unseen:
            self.cell.append(data)

    def _end_cell(self) -> None:
        if self.cell is None:
            return
        if not self.rows:
            self.rows.append([])
        row, (down, across) = self.rows[-1], self.span
        while len(row) in self.taken:
            row.append("")
        top, left = len(self.rows) - 1, len(row)
        row += ["".join(self.cell).strip(), *[""] * (across - 1)]
        self._reach(top, left, down, across)
        self.cell = None

    def _reach(self, top: int, left: int, down: int, across: int) -> None:
        self.cells += across
        if self.cells > MOST_CELLS:
            raise Unreadable("too_large", what="网页")
        if down > 1 or across > 1:
            self.merged.append((top, left, top + down - 1, left + across - 1))
        if down > 1:
            self.taken |= dict.fromkeys(range(left, left + across), down)


def _span(said: str | None) -> int:
    return min(int(said), MOST_SPAN) if said and said.isdecimal() and int(said) else 1


def tables(page: str) -> tuple[tuple[tuple[object, ...], ...], tuple[tuple[int, int, int, int], ...]]:
    """The rows of a page, and its merged cells."""
    parser = Tables()
    parser.feed(page)
    parser.close()
    if not any(map(any, parser.rows)):
        raise Unreadable("not_a_table", what="网页")
    return tuple(map(tuple, parser.rows)), tuple(parser.merged)

"""A zipped survey file, looked at before anything is unpacked, and unpacked under names of our own."""

import codecs
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

from heli.intake.reading.declared import BROKEN, MOST_MEMBERS, MOST_RATIO, MOST_UNPACKED, SMALL
from heli.intake.reading.errors import Unreadable

PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
WHOLE = (".gpkg", ".geojson", ".json", ".dxf")
LAND = (*PARTS, *WHOLE)
PRJ, MOST_PRJ = "said.txt", 20_000
SYMLINK = 0o120000
MOST_PART = 1024 * 1024


def is_land(path: Path) -> bool:
    """Whether the zip holds survey files at all; a roster's workbook is a zip too."""
    try:
        with zipfile.ZipFile(path) as archive:
            return any(name.lower().endswith(LAND[:2] + WHOLE + (".dbf",)) for name in archive.namelist())
    except BROKEN:
        return False


def unpack(path: Path, folder: Path) -> tuple[str, Path]:
    """The one survey file of the archive, its parts written into `folder`; returns its name and the main part."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
            _check(members)
            main, parts = _chosen(members)
            for suffix, member in parts.items():
                _write(archive, member, folder / (PRJ if suffix == ".prj" else f"layer{suffix}"))
    except BROKEN as error:
        raise Unreadable("damaged") from error
    found = folder / f"layer{_suffix(main)}"
    if found.suffix == ".shp":
        _check_parts(folder)
    return Path(_name(main)).stem, found


def encoding_of(main: Path) -> tuple[str, bool]:
    """The attributes' encoding by the .cpg, and whether it was said; without one it is GB18030."""
    said = main.with_suffix(".cpg")
    name = said.read_bytes()[:40].decode("ascii", "ignore").strip() if said.exists() else ""
    name = {"936": "GB18030", "GBK": "GB18030", "GB2312": "GB18030", "ANSI 936": "GB18030"}.get(name.upper(), name)
    try:
        "".encode(name)
        return codecs.lookup(name).name.upper(), True
    except (LookupError, ValueError):
        return "GB18030", False


def crs_of(main: Path) -> str:
    """What the .prj says; it is kept from GDAL, which would fail on a torn one where a person can be asked."""
    said = main.with_name(PRJ)
    return said.read_bytes()[:MOST_PRJ].decode("utf-8", "ignore").strip("\ufeff\x00 \r\n") if said.exists() else ""


def _check(members: list[zipfile.ZipInfo]) -> None:
    unpacked = sum(member.file_size for member in members)
    packed = max(1, sum(member.compress_size for member in members))
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable("password")
    if any(_leads_out(member) for member in members):
        raise Unreadable("leads_out")
    if len(members) > MOST_MEMBERS:
        raise Unreadable("too_large", what=f"{len(members)} 个部件")
    if unpacked > MOST_UNPACKED or (unpacked > SMALL and unpacked / packed > MOST_RATIO):
        raise Unreadable("too_large", what=f"{unpacked // 1024 // 1024} MB")


def _leads_out(member: zipfile.ZipInfo) -> bool:
    name = member.filename.replace("\\", "/")
    link = member.external_attr >> 16 & 0o170000 == SYMLINK
    return link or name.startswith("/") or name[1:2] == ":" or ".." in name.split("/")


def _chosen(members: list[zipfile.ZipInfo]) -> tuple[zipfile.ZipInfo, Mapping[str, zipfile.ZipInfo]]:
    """The main part, and by suffix all that lies beside it under the same name."""
    files = [one for one in members if not one.is_dir() and not one.filename.startswith("__MACOSX/")]
    mains = [one for one in files if _suffix(one) in (".shp", *WHOLE)]
    if not mains:
        raise Unreadable("part_missing", what=".shp")
    if len(mains) > 1:
        raise Unreadable("several_layers", what="、".join(_name(one) for one in mains[:5]))
    main = mains[0]
    if _suffix(main) != ".shp":
        return main, {_suffix(main): main}
    stem = main.filename[:-4].lower()
    beside = {_suffix(one): one for one in files if one.filename.lower().rpartition(".")[0] == stem}
    parts = {suffix: beside[suffix] for suffix in PARTS if suffix in beside}
    for suffix in (".shx", ".dbf"):
        if suffix not in parts:
            raise Unreadable("part_missing", what=suffix)
    return main, parts


def _write(archive: zipfile.ZipFile, member: zipfile.ZipInfo, target: Path) -> None:
    """What a member declares may be a lie: count what comes out."""
    size = 0
    with archive.open(member) as source, target.open("xb") as file:
        while part := source.read(MOST_PART):
            size += len(part)
            if size > MOST_UNPACKED:
                raise Unreadable("too_large", what=f"{size // 1024 // 1024} MB")
            file.write(part)


def _check_parts(folder: Path) -> None:
    """Headers tell how long each part is and how many rows there are; what does not fit was cut off."""
    shp, shx, dbf = ((folder / f"layer{suffix}") for suffix in (".shp", ".shx", ".dbf"))
    for part in (shp, shx):
        with part.open("rb") as file:
            head = file.read(100)
        if len(head) < 100 or struct.unpack(">i", head[:4])[0] != 9994:
            raise Unreadable("damaged")
        if struct.unpack(">i", head[24:28])[0] * 2 != part.stat().st_size:
            raise Unreadable("damaged")
    with dbf.open("rb") as file:
        head = file.read(32)
    if len(head) < 32:
        raise Unreadable("damaged")
    rows, header, width = struct.unpack("<IHH", head[4:12])
    if header + rows * width > dbf.stat().st_size or rows != (shx.stat().st_size - 100) // 8:
        raise Unreadable("damaged")


def _suffix(member: zipfile.ZipInfo) -> str:
    return Path(member.filename).suffix.lower()


def _name(member: zipfile.ZipInfo) -> str:
    """A member's name; old tools write Chinese names without saying so."""
    name = member.filename.replace("\\", "/").rpartition("/")[2]
    if member.flag_bits & 0x800:
        return name
    try:
        return name.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return name

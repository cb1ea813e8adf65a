"""What surveyors call their columns, and what is wrong with a lot, as data in both languages."""

from collections.abc import Mapping

PARCELS: Mapping[str, tuple[str, ...]] = {
    "number": ("宗地号", "宗地代码", "宗地编号", "地块号", "地块编号", "地籍号", "不动产单元号", "zdh", "zddm", "zdbh", "bdcdyh", "djh", "dkbh", "dkbm"),
    "serial": ("序号", "户序号", "顺序号", "户号", "户编号", "xh", "hh", "hbh", "编号", "bh", "no"),
    "legal": ("面积", "宗地面积", "土地面积", "发证面积", "批准面积", "权属面积", "登记面积", "使用权面积", "用地面积", "zdmj", "mj", "tdmj", "fzmj", "pzmj", "djmj", "syqmj", "area"),
    "village": ("村", "村名", "所在村", "行政村", "坐落", "权属单位", "所有权人", "qsdwmc", "zldwmc", "czmc", "zl", "cun"),
    "use": ("地类", "地类名称", "用途", "土地用途", "批准用途", "dlmc", "yt", "tdyt", "pzyt"),
    "holder": ("权利人", "使用权人", "土地使用者", "土地使用权人", "户主", "户主姓名", "姓名", "qlr", "syqr", "tdsyz", "hz", "hzxm", "xm"),
}  # fmt: skip
BLOCKS: Mapping[str, tuple[str, ...]] = {
    "name": ("区块", "区块名称", "地块名称", "名称", "项目名称", "name", "mc", "qkmc", "xmmc"),
    "code": ("区块编号", "区块代码", "编号", "代码", "code", "bh", "qkbh", "dm"),
}
COLUMNS: Mapping[str, Mapping[str, tuple[str, ...]]] = {"parcels": PARCELS, "blocks": BLOCKS}

FILES: Mapping[str, tuple[str, str]] = {
    "leads_out": (
        "压缩包里有指到外面去的文件名，没有打开。什么都没有写入。请重新压缩一份再传。",
        "The archive holds names that lead out of it and was not opened. Nothing was written. Zip it again.",
    ),
    "part_missing": (
        "压缩包里少了 {what}。什么都没有写入。请把同名的 .shp、.shx、.dbf、.prj 一起压进去再传。",
        "The archive lacks its {what}. Nothing was written. Zip .shp, .shx, .dbf and .prj of one name together.",
    ),
    "shp_alone": (
        "只传了 .shp 一个，属性不在里面。什么都没有写入。请把同名的 .shp、.shx、.dbf、.prj 压成一个 zip 再传。",
        "A .shp alone holds no attributes. Nothing was written. Zip .shp, .shx, .dbf and .prj of one name together.",
    ),
    "several_layers": (
        "文件里有好几层（{what}），不知道读哪一层。什么都没有写入。请一层一份地传。",
        "The file holds several layers ({what}). Nothing was written. Send one layer at a time.",
    ),
    "no_polygons": (
        "没有找到闭合的图形。什么都没有写入。请看看导出的是不是宗地面。",
        "No closed shape was found. Nothing was written. Check that lots were exported as areas.",
    ),
    "not_land": (
        "这不是认得的图形文件。什么都没有写入。请传 zip 压缩的 shp、gpkg、geojson 或 dxf。",
        "This is no map file that can be read. Nothing was written. Send a zipped shapefile, gpkg, geojson or dxf.",
    ),
    "other_earth": (
        "坐标系是 {what}，不是 2000 国家大地坐标系。什么都没有写入。请测绘单位转成 2000 坐标再传。",
        "The coordinates are {what}, not CGCS2000. Nothing was written. Ask the survey office to convert them.",
    ),
    "zone_unoffered": (
        "不认得坐标带“{what}”。什么都没有写入。请写 EPSG:4549、4550、4528、4529 或 4490。",
        "The zone “{what}” is not known. Nothing was written. Write EPSG:4549, 4550, 4528, 4529 or 4490.",
    ),
}
CELLS: Mapping[str, tuple[str, str]] = {
    "number_missing": ("没有宗地号，也没有序号。", "Neither a lot number nor a serial is given."),
    "number_duplicate": ("和第 {first} 行是同一个号，先写前面那一行。", "Same number as row {first}; that row stays."),
    "shape_missing": ("这一行没有图形。", "This row has no shape."),
    "shape_invalid": ("图形不对：{why}，请测绘单位改。", "The shape is not valid ({why}); ask the survey office."),
    "shape_duplicate": ("和第 {first} 行的图形一模一样。", "The shape is the same as in row {first}."),
    "shape_overlaps": ("压住了第 {first} 行的图形 {area} ㎡。", "It lies over the shape of row {first} by {area} m²."),
    "outside_county": (
        "图形不在本县范围内，坐标带可能不对。",
        "The shape lies outside the county; the zone may be wrong.",
    ),
    "legal_not_a_number": ("面积写成了“{value}”，要写测绘的数。", "The area is “{value}”; write the survey's figure."),
    "block_unknown": ("没有叫“{value}”的区块，请先划好区块。", "No block is called “{value}”; add it first."),
    "overlaps_registered": (
        "压住了在册的 {number} 号宗地 {area} ㎡，又没有把它整块换掉。",
        "It lies over lot {number} of the register by {area} m² without replacing all of it.",
    ),
}
NOTICES: Mapping[str, tuple[str, str]] = {
    "encoding_assumed": ("没有 .cpg，文字按 GB18030 读", "No .cpg; text is read as GB18030"),
    "wgs84": (
        "坐标按 WGS 84 给的，和 2000 坐标差几厘米，照用",
        "Coordinates are WGS 84, centimetres off CGCS2000; kept",
    ),
    "crs_unread": ("坐标系写法认不出", "The coordinate system's name was not understood"),
    "area_differs": (
        "测绘面积和图形面积差一百分之一以上，以测绘的为准",
        "The survey's area and the shape's differ by over 1 %; the survey's counts",
    ),
    "area_missing": ("没有写面积，留空，不拿图形的面积代替", "No area given; left empty, never taken from the shape"),
    "village_assumed": ("没写哪个村，按区块的第一个村算", "No village given; the block's first village is taken"),
    "holder_left": ("权利人一列只用来看，不存", "The holder's column is only looked at, not kept"),
}

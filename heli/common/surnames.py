"""Surnames that are read otherwise than the character by itself. Facts of the language, as data."""

SINGLE = {
    name: (said,)
    for said, names in {
        "shan": "单", "xie": "解", "qiu": "仇", "zha": "查", "ou": "区", "zeng": "曾", "ren": "任", "piao": "朴",
        "ge": "盖", "yue": "乐", "qin": "覃", "yun": "员", "yu": "尉俞", "yan": "燕", "hua": "华", "xian": "冼洗",
        "miao": "缪", "ning": "宁", "zhai": "翟祭", "she": "折佘", "chong": "种", "bi": "秘", "he": "黑", "sheng": "盛",
        "shi": "石", "wan": "万", "ji": "纪", "guo": "过", "na": "那", "gou": "句", "po": "繁", "pang": "逄",
        "kui": "隗", "chen": "谌", "zang": "臧", "fu": "宓", "xun": "郇", "xi": "郗", "nai": "佴能", "shao": "召",
        "che": "车", "du": "都", "bo": "薄", "bu": "卜", "bai": "柏", "chu": "褚", "gan": "干", "qu": "瞿曲", "jia": "贾",
        "ben": "贲", "jue": "角", "mo": "莫", "yin": "殷", "sui": "眭", "di": "狄", "dou": "窦", "kan": "阚",
        "mou": "牟", "ling": "令", "shu": "殳", "tan": "谭", "xiu": "修", "zhong": "仲", "cui": "崔", "hao": "郝",
        "pi": "皮", "xue": "薛", "ying": "应", "yang": "杨", "ye": "叶", "pu": "浦", "le": "勒", "tou": "钭",
    }.items()
    for name in names
}  # fmt: skip
COMPOUND = {
    "欧阳": ("ou", "yang"), "上官": ("shang", "guan"), "司马": ("si", "ma"), "诸葛": ("zhu", "ge"),
    "尉迟": ("yu", "chi"), "单于": ("chan", "yu"), "万俟": ("mo", "qi"), "澹台": ("tan", "tai"),
    "长孙": ("zhang", "sun"), "令狐": ("ling", "hu"), "皇甫": ("huang", "fu"), "宇文": ("yu", "wen"),
    "慕容": ("mu", "rong"), "夏侯": ("xia", "hou"), "公孙": ("gong", "sun"), "东方": ("dong", "fang"),
    "司徒": ("si", "tu"), "呼延": ("hu", "yan"), "端木": ("duan", "mu"), "鲜于": ("xian", "yu"),
    "闻人": ("wen", "ren"), "独孤": ("du", "gu"), "南宫": ("nan", "gong"), "濮阳": ("pu", "yang"),
    "赫连": ("he", "lian"), "钟离": ("zhong", "li"), "轩辕": ("xuan", "yuan"), "宗政": ("zong", "zheng"),
}  # fmt: skip

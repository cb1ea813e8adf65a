"""What offices call things in cells: structures, wishes, kinds and skills. Data; add words here. Columns: `columns`."""

from .cells import Table

STRUCTURES = Table(
    {
        "frame": ("框架", "钢混", "钢筋混凝土", "框剪", "钢砼", "钢筋砼", "钢结构"),
        "brick_concrete": ("砖混", "混合", "砖砼"),
        "brick_timber": ("砖木", "石木", "土木", "木结构", "砖石", "砖瓦", "石结构"),
        "simple": ("简易", "简屋", "棚", "简房"),
    }
)
WISHES = Table(
    {
        "cash": ("货币", "货币补偿", "现金", "货币安置"),
        "exchange": ("公寓", "产权调换", "安置房", "公寓安置", "高层", "套房", "房屋安置", "调换"),
        "rebuild": ("立地", "立地式", "宅基地", "迁建", "自建", "立地安置", "重建"),
        "voucher": ("房票", "房票安置"),
        "": ("未定", "待定", "没定", "未确定", "无", "不详", "考虑中"),
    }
)
RECOGNISED_WORDS = ("认定", "确认", "合法", "已定")
STATUSES = Table(
    {
        "registered": ("登记", "有证", "已登记"),
        "recognised_legal": ("认定合法", "合法", "认定", "已认定", "确认合法"),
        "recognised_illegal": ("违法", "违建", "认定违法", "违章"),
        "expired_temporary": ("临时", "临时到期", "临建"),
        "to_be_decided": ("待定", "待认定", "未定", "未认定"),
    }
)
SKILLS = Table(
    {
        "policy_explaining": ("政策宣讲", "政策解释", "政策宣传", "政策说明", "政策"),
        "family_mediation": ("家庭纠纷调解", "家庭纠纷", "家庭调解", "婚姻家庭", "分家析产", "调解"),
        "sale_dispute": ("房屋买卖纠纷", "买卖纠纷", "房屋买卖"),
        "debt_dispute": ("债务纠纷", "债务", "借贷纠纷", "债权债务"),
        "legal_advice": ("法律咨询", "法律", "法律服务", "法律援助", "普法"),
        "agreement_drafting": ("协议起草", "起草协议", "写协议", "合同起草", "文书"),
        "valuation_explaining": ("评估解释", "评估", "评估说明"),
        "counselling": ("心理疏导", "心理咨询", "心理", "心理辅导", "情绪疏导"),
        "elder_care": ("养老救助", "养老", "助老", "困难帮扶", "救助", "照顾老人", "为老服务"),
        "housing_search": ("过渡房源", "找房", "过渡房", "房源", "租房", "找过渡房"),
        "moving_help": ("搬家帮扶", "搬家", "帮搬家", "腾空帮扶", "搬迁帮扶"),
        "document_finding": ("找材料", "档案查找", "材料查找", "查档", "帮找资料"),
        "business_relocation": ("企业搬迁", "经营户搬迁", "生意搬迁"),
        "school_place": ("入学协调", "上学", "就学", "入学", "就学衔接"),
        "neighbour_mediation": ("邻里调解", "邻里纠纷"),
        "police_service": ("户籍办理", "户口", "户籍"),
    }
)
LANGUAGES = Table({"wenling": ("温岭话", "本地话", "方言", "温岭方言")})
KINDS = Table(
    {
        "youth_volunteer": ("青年志愿者", "青年志愿", "青志"),
        "volunteer": ("志愿者", "志愿"),
        "worthy": ("新乡贤", "乡贤"),
        "lawyer": ("律师",),
        "mediator": ("人民调解员", "调解员", "调解"),
        "charity": ("慈善组织", "慈善"),
        "organisation": ("社会组织", "公益组织", "社工机构", "公益"),
        "enterprise": ("企业", "公司", "商会"),
        "cppcc_member": ("政协委员", "政协"),
        "deputy": ("人大代表", "人大", "代表"),
        "party_member": ("党员", "老党员"),
        "teacher": ("教师", "老师"),
        "doctor": ("医生", "医务", "医护"),
        "united_front": ("统战人士", "统战", "党外人士", "无党派", "民主党派"),
        "media": ("媒体", "记者"),
    }
)
TOTALS = ("合计", "总计", "小计", "共计", "总共", "汇总", "本页小计", "累计")
SUMS = ("合计", "总计", "小计", "共计")  # also with a village or a page before them
SIGNS = (
    "制表",
    "审核",
    "填表",
    "填报",
    "经办人",
    "负责人",
    "盖章",
    "签字",
    "签名",
    "复核",
    "说明",
    "注",
    "备注",
    "单位盖章",
    "审批",
)
TICKS = ("√", "✓", "✔", "☑", "■", "●", "v", "V", "是", "有", "1")
SAME = ("同上", "〃", "″", "''", '"')

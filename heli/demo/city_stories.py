"""What households of the demonstration city ask for, and what was said of it afterwards. Data; the words are ours."""

from collections.abc import Mapping

# kind of need → (how a household says it, stage, feature)
ASKED: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "moving_help": (("楼上的大衣柜下不来，缺两个人手", "vacating", ""), ("老两口收拾不动，想有人搭把手", "vacating", "elder"),
                    ("店里的货架要一天搬完", "vacating", "business")),
    "policy_explanation": (("公寓和立地差在哪里，想听人讲一遍", "signing", ""), ("孙子上学前能不能拿到房", "signing", ""),
                           ("房票到期没用完怎么办", "signing", "")),
    "family_partition": (("姐妹几个想把老屋的份说清楚", "apportionment", "partition"),
                         ("爷爷留下的两间，三房都有话说", "apportionment", "inheritance")),
    "document_finding": (("老契找不见了，只记得是八几年", "survey", ""), ("户口本上的名字少了一个字", "survey", "")),
    "valuation_explanation": (("阁楼为什么没算进去", "valuation", ""), ("装修一项想当面对一遍", "valuation", "")),
    "legal_consultation": (("租客不肯搬，合同还有半年", "vacating", "tenant"), ("共有的那一份能不能先写下来", "apportionment", "")),
    "house_sale_dispute": (("早年买的房，没过户", "apportionment", "sale"),),
    "debt_dispute": (("有人拿着借条来问房子的钱", "signing", "debt"),),
    "temporary_housing": (("要一楼，老人腿脚不好", "vacating", "elder"), ("想找近学堂的过渡房", "vacating", "")),
    "hardship_care": (("家里只剩老人，想有人常来看看", "signing", "elder"), ("药费的救助怎么报", "survey", "")),
    "psychological_support": (("搬家的事一说就睡不着", "vacating", "elder"),),
    "school_place": (("九月开学，学籍怎么转", "vacating", ""),),
    "business_relocation": (("小作坊搬到哪里合规", "vacating", "business"),),
    "neighbour_dispute": (("共用的墙怎么拆，想两家说好", "demolition", ""),),
    "police_service": (("门牌拆了以后信寄到哪里", "demolition", ""),),
    "small_matter": (("路灯坏了三天", "", ""), ("垃圾车早上叫得太响", "", ""), ("想把老井的石栏留下来", "vacating", "")),
}  # fmt: skip
WORDS = (
    "讲得明白，心里有底了。", "来了两趟，都说到点子上。", "人客气，事也办了。", "说好的时间就到，省心。", "材料找齐了，谢谢。",
    "几个兄弟坐下来谈妥了。", "搬得仔细，没碰坏。", "难处有人听，就好多了。",
)  # fmt: skip
# 卖鱼桥: the young volunteers who helped families move, as the consultation tells.
FISH_BRIDGE = ("moving_help", "五楼没电梯，想请年轻人帮着搬", "小伙子们一趟趟背下来，一样没坏。")
TEAMS = ("帮搬队", "说事队", "法律门诊", "陪伴队", "找房队")
KINDS = (
    # kind, how many in a hundred, skills it often has
    ("worthy", 22, ("family_mediation", "policy_explaining", "neighbour_mediation", "document_finding")),
    ("volunteer", 18, ("moving_help", "elder_care", "housing_search", "document_finding")),
    ("youth_volunteer", 14, ("moving_help", "housing_search", "school_place")),
    ("mediator", 12, ("family_mediation", "debt_dispute", "sale_dispute", "neighbour_mediation")),
    ("party_member", 9, ("policy_explaining", "moving_help", "document_finding", "police_service")),
    ("lawyer", 6, ("legal_advice", "agreement_drafting", "sale_dispute", "debt_dispute")),
    ("teacher", 5, ("school_place", "policy_explaining", "family_mediation")),
    ("doctor", 4, ("elder_care", "counselling")),
    ("deputy", 3, ("policy_explaining", "valuation_explaining")),
    ("cppcc_member", 3, ("policy_explaining", "business_relocation")),
    ("organisation", 2, ("elder_care", "counselling", "housing_search", "moving_help")),
    ("enterprise", 2, ("business_relocation", "moving_help", "housing_search")),
)
ORGANISATIONS = ("社工服务社", "公益服务中心", "调解工作室", "搬家服务队", "互助社")

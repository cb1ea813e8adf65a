"""Why a file is not taken, in the parts of an error: what happened, what is kept, what to do."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from heli.common.errors import DomainError

KEPT = _("别的材料都在，没有动。")
AS_PDF = _("请用 WPS 打开，“输出为 PDF”，再传。")
AGAIN = _("请对着纸面重新拍一张，或重新扫描，再传。")
WHY: dict[str, tuple[Any, Any]] = {
    "empty": (_("这个文件是空的。"), _("请看看是不是没有存完，再传一次。")),
    "too_large": (_("文件太大了，最多 20 MB。"), _("扫描时选“普通清晰度”，或分成几份再传。")),
    "too_many": (_("一次最多传 20 份，这一份没有轮到。"), _("请再传一次剩下的。")),
    "twice": (_("这份材料已经在了。"), _("不用再传。")),
    "virus": (_("这个文件里有病毒特征，没有收。"), _("请不要再打开它，告诉系统管理员。")),
    "heic": (_("这是苹果手机的 HEIC 照片，这里打不开。"), _("请在手机“设置—相机—格式”里选“兼容性最佳”，重新拍一张再传。")),
    "picture_kind": (_("这种图片格式不收。"), _("请另存为 JPG 或 PNG，再传。")),
    "image_broken": (_("这张图打不开，可能没有存完整。"), AGAIN),
    "image_flood": (_("这张图的尺寸太大了。"), _("请用手机的普通模式重新拍，或缩小后再传。")),
    "active": (_("这不是图片也不是文档，是网页或程序，没有收。"), _("请传纸面的照片，或 PDF。")),
    "unknown": (_("认不出这是什么文件。"), _("请传照片（JPG、PNG）、PDF、docx 或 xlsx。")),
    "zip": (_("这是压缩包，没有收。"), _("请先解开，把里面的材料一份一份传。")),
    "heavy": (_("读这个文件用的力气太大，没有收。"), AS_PDF),
    "pdf_broken": (_("这份 PDF 打不开，可能坏了。"), AS_PDF),
    "pdf_heavy": (_("这份 PDF 太复杂。"), AS_PDF),
    "pdf_locked": (_("这份 PDF 有密码或限制。"), _("请先去掉密码和限制，再传。")),
    "pdf_active": (_("这份 PDF 里带着会自己运行的东西或别的文件，没有收。"), AS_PDF),
    "pdf_mixed": (_("这份 PDF 里混着别的东西，没有收。"), AS_PDF),
    "old_office": (_("这是老格式或加了密码的文档。"), _("请去掉密码，另存为 docx、xlsx 或 PDF，再传。")),
    "office_broken": (_("这份文档打不开，可能坏了或有密码。"), AS_PDF),
    "office_bomb": (_("这份文档解开来大得不正常，没有收。"), AS_PDF),
    "office_macro": (_("这份文档里带着宏或程序，没有收。"), AS_PDF),
    "office_outside": (_("这份文档会到外面去取东西，没有收。"), AS_PDF),
    "no_room": (_("服务器上存不下这份文件。"), _("请告诉系统管理员，再传一次。")),
}  # fmt: skip


def refusal(code: str) -> DomainError:
    what, todo = WHY[code]
    return DomainError(f"paper_{code}", what, kept=KEPT, todo=todo)

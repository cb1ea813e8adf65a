import os
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command

from heli.access.models import Person
from heli.common import setting_up
from heli.common.commands import DONE, HeliCommand
from heli.common.errors import DomainError
from heli.common.management.commands.serve import serve
from heli.common.models import Installation
from heli.demo import cast, city, samples, village

WORLDS = {"village": village.build, "city": city.build}


class Command(HeliCommand):
    help = "build the demonstration world once, say where to look, and serve it"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-serve", action="store_true")
        parser.add_argument("--scale", choices=("village", "city", "province"), default="village")

    def work(self, **options: Any) -> tuple[int, dict[str, Any]]:
        self._check(options)
        built = self._build(options["scale"])
        files = samples.write(settings.HELI_HOME / "samples")
        address = f"http://127.0.0.1:{options['port']}"
        self._tell(address, [str(path) for path in files])
        if not options["no_serve"]:
            serve("127.0.0.1", options["port"])
        return DONE, {"address": address, "built": built, "scale": options["scale"], "password": cast.PASSWORD,
                      "accounts": [part.username for part in cast.CAST], "samples": [str(path) for path in files]}  # fmt: skip

    def _check(self, options: dict[str, Any]) -> None:
        if options["scale"] not in WORLDS:
            raise DomainError("scale_later", "这个版本的示范有村（village）和市（city）。", kept="什么都没有建。")
        made_by = Installation.facts()[0]
        if made_by != "demo" and Person.objects.exclude(username="operator").exists():
            raise DomainError(
                "not_empty", "这里已经有真的数据，不能再建示范。", kept="数据没有动。",
                todo="请换一个空的 HELI_HOME，比如 HELI_HOME=var-demo make demo。",
            )  # fmt: skip

    def _build(self, scale: str) -> bool:
        """True if the world was built now; one that stands is left as it is."""
        if Installation.facts()[0] == "demo" and Installation.objects.filter(scale=scale).exists():
            self.say("示范已经建好了，原样留着。")
            return False
        if Installation.facts()[0] == "demo":  # begun and not finished: begin again
            call_command("flush", verbosity=0, interactive=False)
        setting_up.fill()
        Installation.objects.update(made_by="demo")
        self.say("正在建示范世界……")
        WORLDS[scale](lambda what: self.say(f"  {what}"))
        Installation.objects.update(scale=scale)
        return True

    def _tell(self, address: str, files: list[str]) -> None:
        self.say()
        self.say(f"打开 {address}/demo/ ，点一个人就进去；或用账号登录 {address}/")
        for part in cast.CAST:
            self.say(f"  {part.username:14} {part.name}  {part.title or '没有岗位'}  {part.says}")
        self.say(f"  口令都是 {cast.PASSWORD}")
        self.say("可以导入试试的文件：")
        for file in files:
            self.say(f"  {os.path.relpath(file)}")
        self.say()

from argparse import ArgumentParser
from typing import Any

from heli.common.commands import DONE, FOUND, REFUSED, HeliCommand
from heli.ledger import verifying
from heli.ledger.models import Chain


class Command(HeliCommand):
    help = "replay the chains, compare with stored rows; exit 1 names the first bad entry"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--chain", default="", metavar="NAME", help="only this chain")

    def work(self, **options: Any) -> tuple[int, dict[str, Any]]:
        if options["chain"] and not Chain.objects.filter(name=options["chain"]).exists():
            self.stderr.write(f"没有这条链：{options['chain']}。用不带 --chain 的 heli verify 看全部。")
            return REFUSED, {"error": "chain_unknown"}
        report = verifying.verify(options["chain"])
        for bad in report.bad:
            self.say(f"{bad.chain}#{bad.seq} {bad.kind} {bad.subject}: {bad.why}")
        if not report.bad:
            self.say(f"一致：{report.chains} 条链，{report.entries} 条记录，{report.rows} 行对得上。")
        document = {
            "chains": report.chains,
            "entries": report.entries,
            "rows": report.rows,
            "ok": not report.bad,
            "bad": [
                {"chain": b.chain, "seq": b.seq, "subject": f"{b.kind}:{b.subject}", "why": b.why} for b in report.bad
            ],
        }
        return (FOUND if report.bad else DONE), document

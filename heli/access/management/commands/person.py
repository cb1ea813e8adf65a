import getpass
import sys
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from heli.access import services
from heli.access.models import Person
from heli.access.roles import Role
from heli.common import days
from heli.common.commands import DONE, HeliCommand
from heli.common.errors import DomainError
from heli.ledger.acting import acting


class Command(HeliCommand):
    help = "open an account, or give one a role in a region: the first people of an installation come in by this"

    def arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", help="what people call them; needed for a new account")
        parser.add_argument("--role", choices=Role.values)
        parser.add_argument("--region", default="", metavar="CODE", help="where the role holds; empty: everywhere")
        parser.add_argument("--title", default="", help="their desk in words, shown beside the name")
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")

    def work(self, **options: Any) -> tuple[int, dict[str, Any]]:
        at, operator = days.now(), services.operator()
        with acting(operator, Role.OPERATOR):
            person = Person.objects.filter(username=options["username"]).first()
            if person is None:
                person = self._add(options, at)
            if options["role"]:
                role = Role(options["role"])
                services.grant_give(person, role=role, region_code=options["region"], title=options["title"], at=at)
        self.say(f"{person.username} {person.name}")
        return DONE, {"username": person.username, "role": options["role"], "region": options["region"]}

    def _add(self, options: dict[str, Any], at: Any) -> Person:
        if not options["name"]:
            raise DomainError("name_missing", "新账号要写姓名：--name。", kept="还没有开账号。")
        password = sys.stdin.readline().strip() if options["password_stdin"] else getpass.getpass("口令: ")
        try:
            validate_password(password, Person(username=options["username"], name=options["name"]))
        except ValidationError as error:
            raise DomainError("password_weak", " ".join(error.messages), kept="还没有开账号。") from error
        return services.person_add(username=options["username"], name=options["name"], password=password, at=at)

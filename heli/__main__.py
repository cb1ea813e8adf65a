"""The console script: makes the machine ready, then hands over to Django's commands."""

import os
import sys

# These look at code only, make the database themselves, or look at what is there as it is; they must not create keys
# or data, nor bring the database forward, on the way.
BARE = {
    "check",
    "makemigrations",
    "migrate",
    "help",
    "--help",
    "-h",
    "version",
    "--version",
    "routes",
    "reference",
    "solve",
    "shell",
    "collectstatic",
    "backup",
    "restore",
    "keys",
    "doctor",
}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "heli.config.settings")
    verb = sys.argv[1] if len(sys.argv) > 1 else "help"
    asks_only = verb in BARE or "--help" in sys.argv or "-h" in sys.argv
    if verb in {"demo", "serve"} and "--https" not in sys.argv:
        os.environ.setdefault("HELI_HTTPS", "0")  # a loopback address without a certificate
    if not asks_only:
        from heli.config import home

        home.prepare()
    from django.core.management import execute_from_command_line

    if not asks_only:
        import django

        django.setup()
        from heli.common import setting_up

        setting_up.make_ready(quiet="--json" in sys.argv)
        if os.environ.get("HELI_TODAY") and verb != "demo" and not setting_up.may_move_the_day():
            sys.stderr.write("HELI_TODAY 只在示范或测试的数据上有用，这里是真的数据。什么都没有做。\n")
            sys.exit(2)
    execute_from_command_line(["heli", *sys.argv[1:]])


if __name__ == "__main__":
    main()

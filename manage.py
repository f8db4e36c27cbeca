#!/usr/bin/env python3
"""Django's command-line tool for Backtrain."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backtrain.settings")
    # A migration or a catalogue may take its time; nobody waits for a page meanwhile.
    os.environ.setdefault("DATABASE_SECONDS", "0")
    from django.core.management import execute_from_command_line

    from backtrain.environment import WrongSetting

    try:
        execute_from_command_line(sys.argv)
    except WrongSetting as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()

#!/usr/bin/env python
"""Django's command-line entry; the law needs none of it and answers a list of cases at once."""

import os
import sys

from cases.management import verdict_list


def main(words):
    if words[1:2] == ["clean_record"] and (told := verdict_list.at_once(words[2:], sys.stdout.encoding)):
        print(told)
        return
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reintegration.settings")
    execute_from_command_line(words)


if __name__ == "__main__":
    main(sys.argv)

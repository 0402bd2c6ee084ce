#!/bin/sh
# manage.py với thiết lập của máy chủ (var/environment): deploy/manage.sh LỆNH …
set -eu
umask 077
cd "$(dirname "$0")/.."
set -a
. ./var/environment
set +a
exec python3 run.py manage "$@"

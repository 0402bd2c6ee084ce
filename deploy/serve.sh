#!/bin/sh
# Chạy máy chủ web ở cổng 8000 của máy này (hoặc cổng ghi sau lệnh), chờ nginx chuyển tiếp.
set -eu
cd "$(dirname "$0")/.."
set -a
. ./var/environment
set +a
exec .venv/bin/python -m waitress --listen="127.0.0.1:${1:-8000}" --threads=8 --no-clear-untrusted-proxy-headers reintegration.wsgi:application

#!/bin/sh
# Chạy máy chủ web ở cổng 8000 của máy này (hoặc cổng ghi sau lệnh), chờ nginx chuyển tiếp.
set -eu
umask 077
cd "$(dirname "$0")/.."
. deploy/owner.sh
[ -e var/environment ] || { echo "Chưa có var/environment: chạy sh deploy/install.sh TÊN_MÁY_CHỦ trước." >&2; exit 1; }
set -a
. ./var/environment
set +a
exec .venv/bin/python -m waitress --listen="127.0.0.1:${1:-8000}" --threads=8 --no-clear-untrusted-proxy-headers reintegration.wsgi:application

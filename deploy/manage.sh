#!/bin/sh
# manage.py với thiết lập của máy chủ (var/environment): deploy/manage.sh LỆNH …
# Khi DATABASE_URL trỏ vào PgBouncer: var/environment.direct ghi DATABASE_URL trỏ thẳng PostgreSQL cho các lệnh.
set -eu
umask 077
cd "$(dirname "$0")/.."
. deploy/owner.sh
[ -e var/environment ] || { echo "Chưa có var/environment: chạy sh deploy/install.sh TÊN_MÁY_CHỦ trước." >&2; exit 1; }
set -a
. ./var/environment
[ ! -f ./var/environment.direct ] || . ./var/environment.direct
set +a
exec python3 run.py manage "$@"

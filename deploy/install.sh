#!/bin/sh
# Chuẩn bị máy chủ: deploy/install.sh TÊN_MÁY_CHỦ. Chạy lại khi nâng cấp; var/environment có rồi thì giữ nguyên.
set -eu
umask 077
cd "$(dirname "$0")/.."
. deploy/owner.sh
settings=var/environment
new_secret() { python3 -c "import secrets; print(secrets.token_urlsafe(64))"; }
stop() { echo "$1" >&2; exit 1; }
foreign=$(find . ! -user "$(id -u)" -print -quit 2> /dev/null) || :
[ -z "$foreign" ] || stop "$foreign không phải của người dùng $owner. Bằng root, chạy: chown -R $owner: $(pwd)"
python3 -c "import sys; sys.exit(sys.version_info < (3, 11))" || stop "Cần Python 3.11 trở lên, gọi bằng python3."
python3 -c "import venv, ensurepip" 2> /dev/null || [ "$(id -u)" = 0 ] ||
  stop "Python thiếu phần tạo môi trường riêng. Bằng root, chạy: apt install python3-venv"
if [ ! -e "$settings" ]; then
  host=${1:?Thiếu tên máy chủ, ví dụ: sh deploy/install.sh taihoanhap.tinh.local}
  case $host in
    *[!a-zA-Z0-9.,-]*) stop "“$host” không phải tên máy chủ: không viết https://, số cổng hay dấu *." ;;
  esac
  mkdir -p var/backups
  sed -e "s|^SECRET_KEY=.*|SECRET_KEY=$(new_secret)|" \
      -e "s|^AUDIT_KEY=.*|AUDIT_KEY=$(new_secret)|" \
      -e "s|^FIELD_KEYS=.*|FIELD_KEYS=$(new_secret)|" \
      -e "s|^ALLOWED_HOSTS=.*|ALLOWED_HOSTS=$host|" \
      -e "s|^BACKUP_PASSPHRASE=.*|BACKUP_PASSPHRASE=$(new_secret)|" \
      deploy/environment.example > "$settings"
  if [ -n "${DATABASE_URL:-}" ]; then echo "DATABASE_URL='$DATABASE_URL'" >> "$settings"; fi
elif [ -n "${DATABASE_URL:-}" ] && [ "$DATABASE_URL" != "$(DATABASE_URL=; . ./$settings; echo "$DATABASE_URL")" ]; then
  stop "$settings ghi cơ sở dữ liệu khác với DATABASE_URL vừa đặt. Sửa dòng DATABASE_URL trong tệp, hoặc unset DATABASE_URL."
fi
sh deploy/manage.sh prepare
sh deploy/manage.sh collectstatic --noinput --verbosity 0

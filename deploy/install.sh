#!/bin/sh
# Chuẩn bị máy chủ: deploy/install.sh TÊN_MÁY_CHỦ. Chạy lại khi nâng cấp; var/environment có rồi thì giữ nguyên.
set -eu
umask 077
cd "$(dirname "$0")/.."
settings=var/environment
new_secret() { python3 -c "import secrets; print(secrets.token_urlsafe(64))"; }
if [ ! -e "$settings" ]; then
  host=${1:?Thiếu tên máy chủ, ví dụ: sh deploy/install.sh taihoanhap.tinh.local}
  mkdir -p var/backups
  sed -e "s|^SECRET_KEY=.*|SECRET_KEY=$(new_secret)|" \
      -e "s|^AUDIT_KEY=.*|AUDIT_KEY=$(new_secret)|" \
      -e "s|^ALLOWED_HOSTS=.*|ALLOWED_HOSTS=$host|" \
      -e "s|^BACKUP_PASSPHRASE=.*|BACKUP_PASSPHRASE=$(new_secret)|" \
      deploy/environment.example > "$settings"
  if [ -n "${DATABASE_URL:-}" ]; then echo "DATABASE_URL='$DATABASE_URL'" >> "$settings"; fi
fi
sh deploy/manage.sh prepare
sh deploy/manage.sh collectstatic --noinput --verbosity 0

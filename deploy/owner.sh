# Các lệnh trong deploy/ đọc tệp này trước tiên: tệp do người dùng khác tạo ra thì dịch vụ không đọc, không ghi được.
owner=$(stat -c %U .)
if [ "$(stat -c %u .)" != "$(id -u)" ]; then
  echo "Thư mục này của người dùng $owner, lệnh đang chạy bằng $(id -un). Gõ su - $owner rồi chạy lại." >&2
  exit 1
fi

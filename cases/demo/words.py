"""What officers write: short results and notes by kind of work, topics, places, courses, places of work."""

RESULTS = {
    "encouragement": (
        "Tinh thần ổn định, chấp hành tốt",
        "Gia đình quan tâm, có chỗ ở ổn định",
        "Đang làm rẫy cùng gia đình",
        "Đã hòa nhập với bà con trong thôn",
        "Còn tự ti, ít tiếp xúc; cần động viên thêm",
        "Làm công theo ngày, thu nhập chưa đều",
    ),
    "review": (
        "Nhận rõ thiếu sót, cam kết không tái phạm",
        "Còn bi quan, đã phân tích, động viên",
        "Đã nhắc nhở về giờ giấc, bạn bè xấu",
        "Cam kết trước gia đình và ban tự quản",
    ),
    "counselling_psychological": (
        "Đỡ lo lắng, ngủ được",
        "Đã chia sẻ chuyện gia đình, đồng ý gặp lại",
        "Bớt mặc cảm, muốn tìm việc",
    ),
    "counselling_vocational": (
        "Muốn học sửa xe máy",
        "Thích nghề hàn, chờ lớp gần nhà",
        "Dự định chăn nuôi dê tại nhà",
        "Muốn làm công nhân chế biến gỗ",
    ),
    "legal_aid": ("Đã giải thích điều kiện xóa án tích", "Đã hướng dẫn nộp án phí tại chi cục thi hành án"),
    "paperwork": ("Đã nộp hồ sơ", "Hướng dẫn bổ sung giấy tờ", "Đã làm thủ tục tại bộ phận một cửa"),
}
TOPICS = (
    "Gặp gỡ định kỳ, phổ biến chính sách vay vốn",
    "Gặp gỡ định kỳ, tuyên truyền phòng chống ma túy",
    "Gặp gỡ, đối thoại đầu năm",
    "Gặp gỡ định kỳ, giới thiệu việc làm",
    "Gặp gỡ định kỳ, hướng dẫn thủ tục xóa án tích",
    "Gặp gỡ, biểu dương người tiến bộ",
)
EMPLOYERS = {
    "24697": (
        ("Tiệm sửa xe máy Minh Phát", "Sửa chữa xe máy", "Thợ sửa xe máy"),
        ("Hợp tác xã lúa gạo Cánh Đồng Xanh", "Nông nghiệp", "Lao động phổ thông"),
        ("Xưởng mộc Tân Tiến", "Chế biến gỗ", "Thợ mộc"),
    ),
    "24688": (
        ("Xưởng cơ khí Hưng Thịnh", "Cơ khí, hàn tiện", "Thợ hàn"),
        ("Cơ sở gạch không nung Đại Phú", "Vật liệu xây dựng", "Công nhân"),
        ("Công ty chế biến nông sản Mùa Vàng", "Chế biến nông sản", "Công nhân đóng gói"),
    ),
    "24703": (("Trang trại cà phê Đồi Gió", "Nông nghiệp", "Lao động trang trại"),),
    "24712": (("Trại nuôi cá lồng Sông Quê", "Thủy sản", "Nuôi cá lồng"),),
}
COURSES = (
    ("Sửa chữa xe máy", "Trung tâm Giáo dục nghề nghiệp Krông Nô"),
    ("Hàn điện", "Trung tâm Giáo dục nghề nghiệp Krông Nô"),
    ("Kỹ thuật trồng và chăm sóc cà phê", "Trung tâm Khuyến nông"),
    ("Chăn nuôi thú y", "Trung tâm Khuyến nông"),
    ("Lái xe hạng C", "Trường dạy nghề tỉnh"),
    ("May công nghiệp", "Trung tâm Giáo dục nghề nghiệp Krông Nô"),
)
OFFICES = {
    "identity": "Bộ phận căn cước, Công an xã",
    "insurance": "Bảo hiểm xã hội cơ sở",
    "residence": "Công an xã",
    "other": "Bộ phận một cửa, UBND xã",
}
NEEDS = {
    "housing": "Nhà dột, cần sửa trước mùa mưa",
    "papers": "Chưa có căn cước gắn chip",
    "income": "Cần vốn mua bò giống",
    "work": "Cần việc làm gần nhà",
    "health": "Cần khám và uống thuốc đều",
    "family": "Vợ chồng mâu thuẫn, cần hòa giải",
    "attitude": "Mặc cảm, ngại gặp bà con",
}
ASSESSED = {
    "A": "Chấp hành tốt, có việc làm ổn định",
    "B": "Chấp hành tốt nhưng chưa có việc làm, hoàn cảnh khó khăn",
    "C": "Hay vắng nhà, giao du với người xấu",
}
MEMBERS = (
    ("front", "Bà Nguyễn Thị Hòa Bình", "Phó Chủ tịch Mặt trận xã"),
    ("women", "Chị Trần Thị Ban Mai", "Ủy viên Hội Phụ nữ xã"),
    ("youth", "Anh Lê Văn Bình Minh", "Bí thư Đoàn xã"),
    ("veterans", "Ông Phạm Văn Suối", "Chi hội trưởng Cựu chiến binh"),
    ("hamlet", "Ông Y Rừng Niê", "Trưởng thôn"),
)

"""The words of the law beside the rules that rest on them, provision by provision, with where they were read."""

import re
from dataclasses import dataclass

from cases.law.versions import Certainty

_READ = Certainty.READ
_CODE = "Bộ luật Hình sự 100/2015/QH13, sửa đổi bởi Luật 12/2017/QH14"


@dataclass(frozen=True, slots=True)
class Provision:
    """`place` is an article, or one clause of it ("Điều 70 khoản 2"); `words` its text,
    a line for each sentence or point.

    `read_at` is where it was read; where it was not, `certainty` says so and it waits for the legal section.
    """

    place: str
    title: str
    words: str
    read_at: str | None
    certainty: Certainty = _READ
    source: str = _CODE

    def is_basis_of(self, basis: str) -> bool:
        """Say whether a rule with this basis ("Điều 70 khoản 2 điểm b BLHS") rests on the provision."""
        return re.search(rf"{re.escape(self.place)}(?!\d)", basis) is not None


PROVISIONS = (
    Provision(
        "Điều 60 khoản 2",
        "Thời hiệu thi hành bản án",
        "Thời hiệu thi hành bản án hình sự đối với người bị kết án được quy định như sau:\n"
        "a) 05 năm đối với các trường hợp xử phạt tiền, cải tạo không giam giữ hoặc xử phạt tù từ 03 năm trở xuống;\n"
        "b) 10 năm đối với các trường hợp xử phạt tù từ trên 03 năm đến 15 năm;\n"
        "c) 15 năm đối với các trường hợp xử phạt tù từ trên 15 năm đến 30 năm;\n"
        "d) 20 năm đối với các trường hợp xử phạt tù chung thân hoặc tử hình.",
        "luathoangsa.vn, Điều 60",
    ),
    Provision(
        "Điều 61",
        "Không áp dụng thời hiệu thi hành bản án",
        "Không áp dụng thời hiệu thi hành bản án đối với các tội quy định tại Chương XIII, Chương XXVI, khoản 3 và "
        "khoản 4 Điều 353, khoản 3 và khoản 4 Điều 354 của Bộ luật này.",
        "lawfirm.vn, Điều 61",
    ),
    Provision(
        "Điều 69",
        "Xóa án tích",
        "1. Người bị kết án được xóa án tích theo quy định tại các điều từ Điều 70 đến Điều 73 của Bộ luật này.\n"
        "Người được xóa án tích coi như chưa bị kết án.\n"
        "2. Người bị kết án do lỗi vô ý về tội phạm ít nghiêm trọng, tội phạm nghiêm trọng và người được miễn hình "
        "phạt không bị coi là có án tích.",
        "sachsongngu.top, Chương X",
    ),
    Provision(
        "Điều 70 khoản 1",
        "Đương nhiên được xóa án tích",
        "Đương nhiên được xóa án tích được áp dụng đối với người bị kết án không phải về các tội quy định tại Chương "
        "XIII và Chương XXVI của Bộ luật này khi họ đã chấp hành xong hình phạt chính, thời gian thử thách án "
        "treo hoặc hết thời hiệu thi hành bản án và đáp ứng các điều kiện quy định tại khoản 2 và khoản 3 Điều "
        "này.",
        "hethongphapluat.com, Điều 70",
    ),
    Provision(
        "Điều 70 khoản 2",
        "Đương nhiên được xóa án tích",
        "Người bị kết án đương nhiên được xóa án tích, nếu từ khi chấp hành xong hình phạt chính hoặc hết thời gian "
        "thử thách án treo, người đó đã chấp hành xong hình phạt bổ sung, các quyết định khác của bản án và "
        "không thực hiện hành vi phạm tội mới trong thời hạn sau đây:\n"
        "a) 01 năm trong trường hợp bị phạt cảnh cáo, phạt tiền, cải tạo không giam giữ, phạt tù nhưng được hưởng án "
        "treo;\n"
        "b) 02 năm trong trường hợp bị phạt tù đến 05 năm;\n"
        "c) 03 năm trong trường hợp bị phạt tù từ trên 05 năm đến 15 năm;\n"
        "d) 05 năm trong trường hợp bị phạt tù từ trên 15 năm, tù chung thân hoặc tử hình nhưng đã được giảm án.\n"
        "Trường hợp người bị kết án đang chấp hành hình phạt bổ sung là quản chế, cấm cư trú, cấm đảm nhiệm chức vụ, "
        "cấm hành nghề hoặc làm công việc nhất định, tước một số quyền công dân mà thời hạn phải chấp hành dài "
        "hơn thời hạn quy định tại các điểm a, b và c khoản này thì thời hạn đương nhiên được xóa án tích sẽ "
        "hết vào thời điểm người đó chấp hành xong hình phạt bổ sung.",
        "hethongphapluat.com, Điều 70; tapchitoaan.vn",
    ),
    Provision(
        "Điều 70 khoản 3",
        "Đương nhiên được xóa án tích",
        "Người bị kết án đương nhiên được xóa án tích, nếu từ khi hết thời hiệu thi hành bản án, người đó không thực "
        "hiện hành vi phạm tội mới trong thời hạn quy định tại khoản 2 Điều này.",
        "vienkiemsat.cantho.gov.vn, trích Điều 70",
    ),
    Provision(
        "Điều 71 khoản 2",
        "Xóa án tích theo quyết định của Tòa án",
        "Người bị kết án được Tòa án quyết định việc xóa án tích, nếu từ khi chấp hành xong hình phạt chính hoặc hết "
        "thời gian thử thách án treo, người đó đã chấp hành xong hình phạt bổ sung, các quyết định khác của "
        "bản án và không thực hiện hành vi phạm tội mới trong thời hạn: 01 năm (điểm a), 03 năm trong trường "
        "hợp bị phạt tù đến 05 năm (điểm b), 05 năm trong trường hợp bị phạt tù từ trên 05 năm đến 15 năm "
        "(điểm c), 07 năm trong trường hợp bị phạt tù từ trên 15 năm, tù chung thân hoặc tử hình nhưng đã được "
        "giảm án (điểm d).\n"
        "Trường hợp đang chấp hành hình phạt bổ sung là quản chế, cấm cư trú, tước một số quyền công dân mà thời hạn "
        "phải chấp hành dài hơn thời hạn quy định tại điểm a, điểm b khoản này thì thời hạn được xóa án tích "
        "hết vào thời điểm người đó chấp hành xong hình phạt bổ sung.",
        None,
        Certainty.SECONDARY,
    ),
    Provision(
        "Điều 71 khoản 3",
        "Xóa án tích theo quyết định của Tòa án",
        "Người bị Tòa án bác đơn xin xóa án tích lần đầu thì sau 01 năm kể từ ngày bị bác đơn mới được xin xóa án "
        "tích; bị bác đơn lần thứ hai trở đi thì sau 02 năm kể từ ngày bị bác đơn mới được xin xóa án tích.",
        None,
        Certainty.SECONDARY,
    ),
    Provision(
        "Điều 72",
        "Xóa án tích trong trường hợp đặc biệt",
        "Trong trường hợp người bị kết án có những biểu hiện tiến bộ rõ rệt và đã lập công, được cơ quan, tổ "
        "chức nơi người đó công tác hoặc chính quyền địa phương nơi người đó cư trú đề nghị, thì Tòa án quyết "
        "định việc xóa án tích nếu người đó đã bảo đảm được ít nhất một phần ba thời hạn quy định tại khoản 2 "
        "Điều 70 và khoản 2 Điều 71 của Bộ luật này.",
        "luathoangsa.vn, Điều 72",
    ),
    Provision(
        "Điều 73",
        "Cách tính thời hạn để xóa án tích",
        "1. Thời hạn để xóa án tích quy định tại Điều 70 và Điều 71 của Bộ luật này căn cứ vào hình phạt chính đã "
        "tuyên.\n"
        "2. Người bị kết án chưa được xóa án tích mà thực hiện hành vi phạm tội mới và bị Tòa án kết án bằng "
        "bản án có hiệu lực pháp luật thì thời hạn để xóa án tích cũ được tính lại kể từ ngày chấp hành xong "
        "hình phạt chính hoặc thời gian thử thách án treo của bản án mới hoặc từ ngày bản án mới hết thời hiệu "
        "thi hành.\n"
        "3. Người bị kết án trong trường hợp phạm nhiều tội mà có tội thuộc trường hợp đương nhiên được xóa án "
        "tích, có tội thuộc trường hợp xóa án tích theo quyết định của Tòa án thì căn cứ vào thời hạn quy định "
        "tại Điều 71 của Bộ luật này Tòa án quyết định việc xóa án tích đối với người đó.\n"
        "4. Người được miễn chấp hành phần hình phạt còn lại cũng được coi như đã chấp hành xong hình phạt.",
        "thuvienphapluat.vn, trích Điều 73",
    ),
    Provision(
        "Điều 107 khoản 1",
        "Xóa án tích đối với người dưới 18 tuổi",
        "Người dưới 18 tuổi bị kết án được coi là không có án tích, nếu thuộc một trong các trường hợp sau đây:\n"
        "a) Người từ đủ 14 đến dưới 16 tuổi;\n"
        "b) Người từ đủ 16 tuổi đến dưới 18 tuổi bị kết án về tội phạm ít nghiêm trọng, tội phạm nghiêm trọng "
        "hoặc tội phạm rất nghiêm trọng do vô ý;\n"
        "c) Người bị áp dụng biện pháp tư pháp quy định tại Mục 3 Chương này.",
        "dontu.net, Điều 107",
    ),
    Provision(
        "Điều 107 khoản 2",
        "Xóa án tích đối với người dưới 18 tuổi",
        "Người từ đủ 16 tuổi đến dưới 18 tuổi bị kết án về tội phạm rất nghiêm trọng do cố ý hoặc tội phạm đặc biệt "
        "nghiêm trọng đương nhiên được xóa án tích nếu từ khi chấp hành xong hình phạt chính hoặc hết thời "
        "gian thử thách án treo hoặc từ khi hết thời hiệu thi hành bản án, người đó không thực hiện hành vi "
        "phạm tội mới trong thời hạn sau đây:\n"
        "a) 06 tháng trong trường hợp bị phạt cảnh cáo, phạt tiền, phạt cải tạo không giam giữ hoặc phạt tù "
        "nhưng được hưởng án treo;\n"
        "b) 01 năm trong trường hợp bị phạt tù đến 05 năm;\n"
        "c) 02 năm trong trường hợp bị phạt tù từ trên 05 năm đến 15 năm;\n"
        "d) 03 năm trong trường hợp bị phạt tù trên 15 năm.",
        "dontu.net, Điều 107",
    ),
)


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What no source settled: how it is counted until the legal section (bộ phận pháp chế) has answered."""

    question: str
    until_then: str
    basis: str


OPEN_QUESTIONS = (
    OpenQuestion(
        "Người được xóa án tích theo Điều 107 khoản 2, hoặc từ khi hết thời hiệu thi hành bản án, có phải nộp "
        "xong án phí, bồi thường không?",
        "Không chờ: hai khoản này không nhắc đến các quyết định khác của bản án.",
        "Điều 70 khoản 3; Điều 107 khoản 2 BLHS",
    ),
    OpenQuestion(
        "Điều về xóa án tích của Luật Tư pháp người chưa thành niên 59/2024/QH15 có đổi thời hạn của Điều 107 không?",
        "Tính theo Điều 107 Bộ luật Hình sự như trước ngày 01/01/2026.",
        "Luật 59/2024/QH15",
    ),
    OpenQuestion(
        "Tổng hợp hình phạt của nhiều bản án (Điều 55, 56): thời hạn xóa án tích tính theo hình phạt chung hay "
        "theo hình phạt của từng bản án?",
        "Tính theo hình phạt ghi trong hồ sơ của từng bản án; bản án được đánh dấu là ghi hình phạt chung thì tính "
        "theo hình phạt chung đó.",
        "Điều 55, 56, 73 BLHS",
    ),
    OpenQuestion(
        "Người hưởng án treo bị buộc chấp hành hình phạt tù (Điều 65 khoản 5): thời hạn xóa án tích là của án treo "
        "hay của hình phạt tù?",
        "Của hình phạt tù, khi hồ sơ ghi hình phạt chính là tù có thời hạn; hồ sơ còn ghi án treo thì nhắc sửa.",
        "Điều 65 khoản 5; Điều 70 khoản 2; Điều 73 khoản 1 BLHS",
    ),
    OpenQuestion(
        "Bản án của Tòa án nước ngoài có để lại án tích theo Bộ luật này không?",
        "Không tự tính: chỉ tính bản án được nhập vào hồ sơ, theo điều, chương của Bộ luật này đã ghi cho tội danh; "
        "bản án được đánh dấu là của Tòa án nước ngoài thì các bước tính ghi rõ điều đó.",
        "Điều 69 đến 73 BLHS",
    ),
    OpenQuestion(
        "Tên in trên các mẫu HCD chưa được đọc là gì?",
        "Tên ghi theo nội dung điều luật và được đánh dấu chưa đối chiếu; nhập tên đúng ở mục tên các mẫu.",
        "Thông tư 10/2024/TT-BCA",
    ),
    OpenQuestion(
        "Tòa án nhân dân khu vực nào kế thừa từng tòa án cấp huyện đã giải thể?",
        "Đơn xin xóa án tích để trống tên Tòa án và hỏi người lập đơn.",
        "Nghị quyết 81/2025/UBTVQH15",
    ),
    OpenQuestion(
        "Tỷ lệ tái phạm lấy mẫu số nào: mọi người đã quản lý trong kỳ, hay người chấp hành xong trong năm?",
        "Mỗi nơi hiện tỷ lệ đều ghi rõ mẫu số đã dùng.",
        "Báo cáo của các tỉnh dùng cả hai cách",
    ),
)

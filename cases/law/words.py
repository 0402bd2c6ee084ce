"""The law's own words for its penalties, obligations and fields; not translated, because they are cited."""

from cases.law.facts import AdditionalKind, DoneHow, ObligationKind, PenaltyKind
from cases.law.record import NoRecord
from cases.law.waiting import WaitColumn

PENALTIES = {
    PenaltyKind.WARNING: "cảnh cáo",
    PenaltyKind.FINE: "phạt tiền",
    PenaltyKind.NON_CUSTODIAL: "cải tạo không giam giữ",
    PenaltyKind.SUSPENDED_PRISON: "phạt tù nhưng cho hưởng án treo",
    PenaltyKind.PRISON: "phạt tù",
    PenaltyKind.LIFE: "tù chung thân",
    PenaltyKind.DEATH_COMMUTED: "tử hình đã được giảm án",
}
ADDITIONAL = {
    AdditionalKind.RESIDENCE_CONTROL: "quản chế",
    AdditionalKind.RESIDENCE_BAN: "cấm cư trú",
    AdditionalKind.POST_BAN: "cấm đảm nhiệm chức vụ, hành nghề",
    AdditionalKind.RIGHTS: "tước một số quyền công dân",
}
OBLIGATIONS = {
    ObligationKind.COURT_FEE: "án phí",
    ObligationKind.COMPENSATION: "bồi thường",
    ObligationKind.FINE: "phạt tiền bổ sung",
    ObligationKind.CONFISCATION: "tịch thu tài sản",
    None: "nghĩa vụ khác",
}
STARTS = {
    DoneHow.SERVED: "tính từ ngày chấp hành xong hình phạt chính {day} ({article} khoản 2 BLHS)",
    DoneHow.AMNESTY: "tính từ ngày được đặc xá, miễn phần hình phạt còn lại {day} (Điều 73 khoản 4 BLHS)",
    DoneHow.CONDITIONAL_RELEASE: "tính từ ngày hết thời gian thử thách sau tha tù trước thời hạn {day} (Điều 66 BLHS)",
    DoneHow.PROBATION_ENDED: "tính từ ngày hết thời gian thử thách án treo {day} ({article} khoản 2 BLHS)",
    DoneHow.LIMITATION: "tính từ ngày hết thời hiệu thi hành bản án {day} ({basis})",
}
ARTICLES = {WaitColumn.AUTOMATIC: "Điều 70", WaitColumn.COURT: "Điều 71", WaitColumn.JUVENILE: "Điều 107"}
NO_RECORD = {
    NoRecord.NEGLIGENCE: "bị kết án do lỗi vô ý về tội ít nghiêm trọng, tội nghiêm trọng",
    NoRecord.EXEMPTION: "được miễn hình phạt",
    NoRecord.UNDER_16: "từ đủ 14 đến dưới 16 tuổi khi phạm tội",
    NoRecord.UNDER_18: (
        "từ đủ 16 đến dưới 18 tuổi khi phạm tội ít nghiêm trọng, tội nghiêm trọng hoặc tội rất nghiêm trọng do vô ý"
    ),
}
FIELDS = {
    "convictions": "bản án",
    "id": "mã bản án",
    "born_on": "ngày sinh",
    "offences": "tội danh",
    "article": "điều luật",
    "chapter": "chương của Bộ luật",
    "clause": "khoản",
    "fault": "lỗi cố ý hay vô ý",
    "severity": "loại tội phạm theo khung hình phạt",
    "act_on": "ngày thực hiện hành vi",
    "main_penalty": "hình phạt chính",
    "kind": "loại",
    "months": "số tháng tù",
    "exempt": "được miễn hình phạt hay không",
    "general_penalty": "hình phạt chung của nhiều bản án hay không",
    "foreign_court": "bản án của Tòa án nước ngoài hay không",
    "effective_on": "ngày bản án có hiệu lực",
    "main_done_on": "ngày chấp hành xong hình phạt chính",
    "main_done_how": "cách chấp hành xong",
    "additional": "hình phạt bổ sung",
    "obligations": "án phí, bồi thường và nghĩa vụ khác",
    "state": "đã thi hành hay chưa",
    "done_on": "ngày thi hành xong",
    "court_decision_on": "ngày Tòa án quyết định xóa án tích",
    "court_rejected_on": "ngày Tòa án bác đơn",
    "open_investigation_act_on": "ngày xảy ra hành vi đang bị điều tra",
}

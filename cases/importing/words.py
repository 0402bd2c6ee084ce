"""Other words for the choices of the register, as registers have them: what is written, and what is stored for it."""

from cases.models import Judgment, Obligation, Returnee

SEXES = {
    "Nam giới": Returnee.Sex.MALE,
    "Ông": Returnee.Sex.MALE,
    "Male": Returnee.Sex.MALE,
    "Nữ giới": Returnee.Sex.FEMALE,
    "Bà": Returnee.Sex.FEMALE,
    "Female": Returnee.Sex.FEMALE,
}
RELEASES = {
    "Được đặc xá": Returnee.SubjectType.AMNESTIED,
    "Đặc xá tha tù": Returnee.SubjectType.AMNESTIED,
    "Tha tù do đặc xá": Returnee.SubjectType.AMNESTIED,
    "ĐX": Returnee.SubjectType.AMNESTIED,
    "Chấp hành xong": Returnee.SubjectType.COMPLETED,
    "Chấp hành xong án": Returnee.SubjectType.COMPLETED,
    "Chấp hành xong hình phạt tù": Returnee.SubjectType.COMPLETED,
    "CHXAPT": Returnee.SubjectType.COMPLETED,
    "CHX án phạt tù": Returnee.SubjectType.COMPLETED,
    "Hết án": Returnee.SubjectType.COMPLETED,
    "Hết hạn tù": Returnee.SubjectType.COMPLETED,
    "Mãn hạn": Returnee.SubjectType.COMPLETED,
    "Mãn hạn tù": Returnee.SubjectType.COMPLETED,
    "Ra tù": Returnee.SubjectType.COMPLETED,
    "Chấp hành xong thử thách tha tù trước thời hạn": Returnee.SubjectType.CONDITIONAL,
    "Tha tù trước thời hạn": Returnee.SubjectType.CONDITIONAL,
    "Tha tù TTH có ĐK": Returnee.SubjectType.CONDITIONAL,
    "Tha tù TTHCĐK": Returnee.SubjectType.CONDITIONAL,
    "Tha tù có điều kiện": Returnee.SubjectType.CONDITIONAL,
    "TTTHCĐK": Returnee.SubjectType.CONDITIONAL,
}
PENALTIES = {
    "Tù": Judgment.MainPenalty.PRISON,
    "Tù giam": Judgment.MainPenalty.PRISON,
    "Phạt tù": Judgment.MainPenalty.PRISON,
    "Chung thân": Judgment.MainPenalty.LIFE,
}
DUES = {
    "Đã nộp": Obligation.State.DONE,
    "Đã nộp đủ": Obligation.State.DONE,
    "Đã nộp xong": Obligation.State.DONE,
    "Nộp rồi": Obligation.State.DONE,
    "Xong": Obligation.State.DONE,
    "Đã thi hành xong": Obligation.State.DONE,
    "Chưa nộp": Obligation.State.OPEN,
    "Còn nợ": Obligation.State.OPEN,
    "Chưa thi hành": Obligation.State.OPEN,
    "Chưa rõ": Obligation.State.UNKNOWN,
}

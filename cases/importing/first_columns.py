"""By which columns a row of a workbook is known again."""

# The columns that the workbooks had at first, in their order then. Of every row that is loaded a digest of them is kept
# and by it the row is known again: these words are never changed, whatever becomes of the columns.
FIRST_COLUMNS = {
    "Người": "file full_name aliases sex born_on identity_number ethnicity hamlet unit phone subject_type completed_on "
    "certificate_number presented_on expunged_on closed_on close_reason note prison address old_identity_number",
    "Bản án": "file number court effective_on offence article clause chapter fault severity act_on main_penalty months "
    "main_done_on additional additional_done_on dues dues_done_on",
    "Hoạt động": "file on kind detail place started_on income amount result note row_code",
    "Buổi gặp gỡ": "meeting on unit place topic",
    "Điểm danh": "meeting file",
    "Vi phạm": "file act_on kind offence article clause severity stage stage_on note row_code",
    "Thông báo": "full_name sex born_on identity_number ethnicity address unit completed_on subject_type prison number "
    "dated_on received_on household_phone",
}

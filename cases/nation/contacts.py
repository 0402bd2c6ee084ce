"""Ten years of contacts, meetings and log rows, made on the server in the order of days: millions of rows in minutes.

Chance comes from hashes of ids, so the same seed gives the same rows.
"""

from cases.models import Organisation
from cases.nation.size import NationSize

CARE = "CREATE UNLOGGED TABLE nation_care (id bigint, unit_id bigint, f date, t date, n int)"
STAFF = "CREATE UNLOGGED TABLE nation_staff (unit_id bigint, k int, n int, user_id bigint, full_name text)"
WORK = """
CREATE UNLOGGED TABLE nation_work AS
SELECT row_number() OVER (ORDER BY d, h, returnee_id, g) AS id, * FROM (
    SELECT p.id AS returnee_id, g, p.unit_id, s.user_id, s.full_name,
        hashint8(p.id * 4096 + g + {seed} * 77) & 2147483647 AS h,
        p.f + ((p.t - p.f) * (g - 0.9 * ((hashint8(p.id * 4096 + g) & 1023) / 1023.0)) / p.n)::int AS d
    FROM nation_care p CROSS JOIN LATERAL generate_series(1, p.n) g
    JOIN nation_staff s ON s.unit_id = p.unit_id AND s.k = p.id % s.n
) planned
"""
AT = "(d + time '10:00' + (h % 600) * interval '1 second') AT TIME ZONE 'Asia/Ho_Chi_Minh'"
KIND = """CASE WHEN h % 100 < 50 THEN 'encouragement' WHEN h % 100 < 70 THEN 'review' WHEN h % 100 < 80 THEN 'paperwork'
    WHEN h % 100 < 88 THEN 'counselling_psychological' WHEN h % 100 < 94 THEN 'counselling_vocational'
    ELSE 'legal_aid' END"""
DETAIL = """CASE WHEN h % 100 BETWEEN 70 AND 79
    THEN (ARRAY['identity', 'insurance', 'residence', 'other'])[h % 4 + 1] ELSE '' END"""
NOTE = """(ARRAY['', 'Gia đình phấn khởi, có việc làm ổn định.', 'Đang tìm việc, hẹn giới thiệu xưởng gỗ.',
    'Sức khỏe bình thường, chấp hành tốt quy định của địa phương.', 'Còn mặc cảm, cần tổ 5+1 động viên thêm.',
    'Đã hướng dẫn làm căn cước, hẹn ngày trả.', '', 'Có nguyện vọng vay vốn chăn nuôi bò.'])[h % 8 + 1]"""
OUTCOME = "CASE WHEN h % 100 < 85 THEN 'met' WHEN h % 100 < 95 THEN 'family' ELSE 'absent' END"
WRONG = "h % 211 = 0"
KEPT = "kept_on, kept_kind, kept_detail"
AS_KEPT = f"CASE WHEN NOT ({WRONG}) THEN d END, {KIND}, {DETAIL}"
ACTIVITIES = f"""
INSERT INTO cases_activity (id, uid, created_at, changed_at, created_by_id, changed_by_id, withdrawn_at,
    withdrawn_by_id, withdrawn_reason, kind, detail, "on", place, result, note)
SELECT id, md5(id || '-{{seed}}')::uuid, made_at, made_at, user_id, user_id, CASE WHEN {WRONG} THEN made_at END,
    CASE WHEN {WRONG} THEN user_id END, CASE WHEN {WRONG} THEN 'Nhập nhầm' ELSE '' END, {KIND}, {DETAIL}, d,
    (ARRAY['home', 'home', 'office', 'phone'])[h % 4 + 1], '', {NOTE}
FROM (SELECT *, {AT} + (h % 3) * interval '1 day' * (d < '{{today}}'::date - 3)::int AS made_at FROM nation_work) made
ORDER BY id
"""  # nosec B608 # constants of this file
ENTRIES = f"""
INSERT INTO cases_activityentry (activity_id, returnee_id, outcome, attitude, note, withdrawn_reason, {KEPT})
SELECT id, returnee_id, {OUTCOME},
    CASE WHEN h % 100 < 95 THEN (ARRAY['good', 'good', 'fair', 'poor'])[h % 4 + 1] ELSE '' END, '', '', {AS_KEPT}
FROM nation_work ORDER BY id
"""  # nosec B608 # constants of this file
TOGETHER = f"""
INSERT INTO cases_activityentry (activity_id, returnee_id, outcome, attitude, note, withdrawn_reason, {KEPT})
SELECT w.id, b.buddy, 'met', 'good', '', '', {AS_KEPT} FROM nation_work w JOIN (
    SELECT id, lead(id) OVER units AS buddy, lead(f) OVER units AS f, lead(t) OVER units AS t
    FROM nation_care WINDOW units AS (PARTITION BY unit_id ORDER BY id)
) b ON b.id = w.returnee_id AND w.d BETWEEN b.f AND b.t
WHERE w.h % 20 = 0 ORDER BY w.id
"""  # nosec B608 # constants of this file
BODIES = """
INSERT INTO cases_activity_organisations (activity_id, organisation_id) SELECT id, {police} FROM nation_work ORDER BY id
"""
RECORDED = f"""
INSERT INTO cases_auditevent (at, actor_id, actor, verb, target_type, target_id, label, returnee_id, unit_id, before,
    after, reason, address)
SELECT {AT}, user_id, full_name, 'activity.recorded', 'activity', id,
    'Gặp gỡ, động viên ' || to_char(d, 'DD/MM/YYYY'), returnee_id, unit_id, '{{{{}}}}',
    jsonb_build_object('kind', {KIND}, 'detail', {DETAIL}, 'on', d, 'place', 'home', 'result', '', 'note', {NOTE}),
    '', '10.0.0.1'
FROM nation_work ORDER BY id
"""  # nosec B608 # constants of this file
OPENED = f"""
INSERT INTO cases_auditevent (at, actor_id, actor, verb, target_type, target_id, label, returnee_id, unit_id, before,
    after, reason, address)
SELECT {AT} - interval '1 hour', user_id, full_name, 'returnee.opened', 'returnee', returnee_id, '', returnee_id,
    unit_id, '{{{{}}}}', '{{{{"page": "returnee-detail"}}}}', '', '10.0.0.1'
FROM nation_work WHERE h % 4 = 0 ORDER BY id
"""  # nosec B608 # constants of this file
MEETINGS = """
INSERT INTO cases_groupmeeting (uid, created_at, changed_at, created_by_id, changed_by_id, withdrawn_reason, "on",
    place, topic, note, attendance_taken_at, unit_id)
SELECT md5('m' || u.id || d || '-{seed}')::uuid, least(d, '{today}'), least(d, '{today}'), s.user_id, s.user_id, '', d,
    'Nhà văn hóa', 'Gặp gỡ quý', '', CASE WHEN d < '{today}' THEN d + interval '12 hour' END, u.id
FROM cases_unit u JOIN nation_staff s ON s.unit_id = u.id AND s.k = 0
CROSS JOIN LATERAL (
    SELECT '{today}'::date - 20 - 91 * g - (u.id % 60)::int AS d FROM generate_series(-1, 38) g
) quarters ORDER BY d, u.id
"""
ATTENDANCES = """
INSERT INTO cases_attendance (present, note, meeting_id, returnee_id)
SELECT hashint8(id + meeting) & 3 > 0, '', meeting, id FROM (
    SELECT p.id, m.id AS meeting, row_number() OVER (PARTITION BY m.id ORDER BY p.id) AS place
    FROM cases_groupmeeting m JOIN nation_care p ON p.unit_id = m.unit_id AND m."on" BETWEEN p.f AND p.t
) invited WHERE place <= 40 ORDER BY meeting, id
"""
IN_ORDER = (WORK, ACTIVITIES, ENTRIES, TOGETHER, BODIES, RECORDED, OPENED, MEETINGS, ATTENDANCES)


def fill(cursor, size: NationSize) -> int:
    """Make the work with everybody in `nation_care` by the staff in `nation_staff`; the number of activities."""
    told = {"seed": size.seed, "today": size.today, "police": Organisation.objects.get(code="police").pk}
    cursor.execute("ANALYZE nation_care, nation_staff")
    for statement in IN_ORDER:
        cursor.execute(statement.format(**told))
    cursor.execute("SELECT count(*) FROM nation_work")
    (count,) = cursor.fetchone()
    cursor.execute("DROP TABLE nation_work, nation_care, nation_staff")
    return count

"""Patterns in what one logged: told at once to whoever logged it, to the reviewer after a month."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.urls import reverse

from cases.models import Activity
from cases.reports.work.entry_patterns import Pattern, entry_patterns, persistent
from tests.makers import TODAY, make_activity, make_returnee

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
WORDS = "Đã gặp gỡ và động viên"


def logged(person, by, on, *, note="", day=None, hour=10):
    """A visit of `on` that was entered on `day` (else the same day) at that hour here."""
    activity = make_activity(person, by=by, on=on, note=note)
    day = day or on
    at = datetime(day.year, day.month, day.day, hour, 50, tzinfo=HERE)
    Activity.objects.filter(pk=activity.pk).update(created_at=at)
    return activity


def kinds(by, on=TODAY):
    return [each.pattern for each in entry_patterns([by.pk], on).get(by.pk, [])]


def same_words(person, by, count, last=TODAY, note=WORDS):
    return [logged(person, by, last - timedelta(days=back), note=note) for back in range(count)]


def test_the_same_words_on_five_days_are_a_pattern_and_on_four_none(an):
    person = make_returnee(by=an)
    same_words(person, an, 4)
    assert kinds(an) == []

    logged(person, an, TODAY - timedelta(days=4), note="đã gặp gỡ  VÀ động viên")

    assert kinds(an) == [Pattern.SAME_WORDS]


def test_short_words_are_often_the_same(an):
    same_words(make_returnee(by=an), an, 9, note="Bình thường")

    assert kinds(an) == []


def test_many_days_logged_late_on_the_last_evening_of_a_month_are_a_pattern(an):
    person = make_returnee(by=an)
    last = date(TODAY.year, TODAY.month, 1) - timedelta(days=1)
    for back in range(5):
        logged(person, an, last - timedelta(days=back), day=last - timedelta(days=1), hour=23)
    assert kinds(an) == [], "the evening before the last is none"

    for back in range(5):
        logged(person, an, last - timedelta(days=back), day=last, hour=23)

    assert kinds(an) == [Pattern.LAST_EVENING]


def test_the_reviewer_is_told_after_a_month_alone_and_not_once_it_is_corrected(an, chi, signed_in):
    made = same_words(make_returnee(by=an), an, 5, last=TODAY - timedelta(days=29))
    told = reverse("workload-list")
    assert "5 lượt ghi" not in signed_in(chi).get(told).content.decode()

    Activity.objects.filter(pk__in=[each.pk for each in made]).update(
        created_at=datetime.combine(TODAY - timedelta(days=31), datetime.min.time(), tzinfo=HERE)
    )
    assert "5 lượt ghi" in signed_in(chi).get(told).content.decode()

    Activity.objects.filter(pk=made[0].pk).update(note="Gặp ở nhà, đã nói về việc làm")
    assert "5 lượt ghi" not in signed_in(chi).get(told).content.decode()


def test_one_evening_alone_never_reaches_the_reviewer(an):
    person = make_returnee(by=an)
    last = date(TODAY.year, TODAY.month, 1) - timedelta(days=1)
    before = date(last.year, last.month, 1) - timedelta(days=1)
    for back in range(5):
        logged(person, an, before - timedelta(days=back), day=before, hour=23)
    later = TODAY + timedelta(days=10)
    assert persistent(entry_patterns([an.pk], later)[an.pk], later) == []

    for back in range(5):
        logged(person, an, last - timedelta(days=back), day=last, hour=23)

    assert before in [each.known_on for each in persistent(entry_patterns([an.pk], later)[an.pk], later)]


def test_whoever_logged_it_sees_it_at_once_and_nobody_else_beside(an, anh, signed_in):
    same_words(make_returnee(by=an), an, 5)

    assert 'id="patterns"' in signed_in(an).get(reverse("task-list")).content.decode()
    assert 'id="patterns"' not in signed_in(anh).get(reverse("task-list")).content.decode()

from datetime import date
from io import StringIO

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command
from django.utils import timezone

from cases.demo import accounts, people, story
from cases.demo.clock import story_time
from cases.demo.stage import Stage
from cases.law.expungement import evaluate
from cases.law.verdict import Status
from cases.models import (
    Appointment,
    Assessment,
    AuditEvent,
    Campaign,
    GroupMeeting,
    GroupMember,
    HelperGroup,
    JobReferral,
    Judgment,
    Loan,
    Need,
    Offence,
    PaperworkRequest,
    Placement,
    ReportDocument,
    Returnee,
    TrainingReferral,
    Unit,
    User,
)
from cases.models.law_facts import facts_of
from cases.reports.work.duties import duties

CAST = ["an", "anh", "binh", "chi", "dung", "em", "giang", "hoa"]


def planned(on):
    stage = Stage(on, story.SEED)
    stage.learn_units()
    stage.users = {user.username: user for user in User.objects.all()}
    story.plan(stage)
    return stage


def named(stage):
    return [(person.facts, person.place, person.completed, person.presented) for person in stage.people]


def commune(code, on):
    return Returnee.objects.filter(unit=Unit.objects.bearing(code, on))


def kinds_due(username, on):
    user = User.objects.get(username=username)
    return {duty.kind.value for duty in duties(user, on, mine=True)}


def test_a_second_load_changes_nothing_and_says_so(told):
    before = (Returnee.objects.count(), AuditEvent.objects.count(), User.objects.count())
    out = StringIO()

    call_command("load_demo", on=told, stdout=out)

    assert "already" in out.getvalue()
    assert (Returnee.objects.count(), AuditEvent.objects.count(), User.objects.count()) == before


def test_the_story_is_the_same_each_time(told):
    stage = planned(told)

    assert sorted(person.facts["full_name"] for person in stage.people) == sorted(
        Returnee.objects.values_list("full_name", flat=True)
    )
    assert named(stage) == named(planned(told))


def test_the_years_of_the_article_do_not_depend_on_today(told):
    def until_2022(stage):
        return [person for person in named(stage) if person[2] <= people.UNTIL]

    assert until_2022(planned(told)) == until_2022(planned(date(2029, 2, 28)))


@pytest.mark.parametrize("on", [story.EARLIEST, date(2026, 4, 30), date(2028, 2, 29), date(2031, 12, 31)])
def test_the_story_can_be_planned_for_any_day(told, on):
    stage = planned(on)

    followed = [person for person in stage.people if person.managed(on)]
    assert len(followed) > 120
    assert all(day <= on for day, _number, _act in stage.events)


def test_everybody_is_somewhere_on_every_day_since_they_came_home(told):
    placed = {}
    for placement in Placement.objects.order_by("since"):
        placed.setdefault(placement.returnee_id, []).append(placement)

    assert set(placed) == set(Returnee.objects.values_list("pk", flat=True))
    for returnee in Returnee.objects.all():
        rows = placed[returnee.pk]
        assert rows[0].since == returnee.completed_on
        assert rows[-1].until is None
        assert all((after.since - before.until).days == 1 for before, after in zip(rows, rows[1:], strict=False))
        assert rows[-1].unit_id == returnee.unit_id


def test_nobody_is_left_with_a_unit_that_has_ended(told):
    assert not Returnee.objects.exclude(unit__valid_to=None).exists()


def test_the_communes_have_the_people_they_should(told):
    managed = {code: commune(code, told).managed(told).count() for code in ("24697", "24688", "24703", "24712")}

    assert 36 <= managed["24697"] <= 44
    assert 31 <= managed["24688"] <= 39
    assert all(12 <= managed[code] <= 18 for code in ("24703", "24712"))
    assert commune("24697", told).not_presented(told).count() == 3


def test_an_leads_about_thirty_and_has_work_of_every_kind(told):
    led = HelperGroup.objects.current().filter(lead__username="an").count()

    assert 25 <= led <= 32
    assert kinds_due("an", told) >= {
        "contact", "appointment", "outcome", "presenting", "paperwork", "job", "assessment"
    }  # fmt: skip


def test_binh_has_work_of_most_kinds(told):
    assert kinds_due("binh", told) >= {"contact", "appointment", "outcome", "presenting", "paperwork", "job"}


def test_only_whoever_works_today_leads_a_case(told):
    assert not HelperGroup.objects.current().filter(lead__is_active=False, returnee__closed_on=None).exists()


def test_anh_has_assessments_to_approve(told):
    assert Assessment.objects.pending().filter(returnee__in=commune("24697", told)).count() >= 2


def test_giang_helps_four_people_of_nam_da(told):
    helped = GroupMember.objects.current(told).filter(user__username="giang")

    assert helped.count() == 4
    assert set(helped.values_list("group__returnee__unit__code", flat=True)) == {"24697"}


def test_referrals_stand_at_every_state(told):
    assert {row.state for row in JobReferral.objects.all()} == {"referred", "accepted", "refused", "started", "ended"}


def test_meetings_were_held_and_are_to_come(told):
    assert GroupMeeting.objects.held().filter(on__gt=date(2025, 7, 1)).exists()
    assert GroupMeeting.objects.filter(on__gt=told, attendance_taken_at=None).count() == 4


@pytest.mark.parametrize(
    "model", [Appointment, Loan, Need, PaperworkRequest, TrainingReferral], ids=lambda m: m.__name__
)
def test_there_is_something_of_each_kind(told, model):
    assert model.objects.kept().exists()


def test_clocks_of_every_kind_run_today(told):
    managed = [person.pk for person in Returnee.objects.managed(told)]
    found = {str(evaluate(case, told).status) for case in facts_of(managed).values()}

    assert found == {status.value for status in Status if status != Status.EXPUNGED}


def test_every_offence_has_its_chapter_class_and_fault(told):
    assert not Offence.objects.filter(chapter="").exists()
    assert not Offence.objects.filter(severity=None).exists()
    assert not Judgment.objects.filter(offences=None).exists()


@pytest.mark.parametrize("model", [Returnee, Judgment, JobReferral, PaperworkRequest, Placement, HelperGroup])
def test_what_the_demo_vouches_for_is_valid(told, model):
    for row in model.objects.order_by("pk")[::15]:
        row.full_clean(exclude=["search_text", "sort_key"])


def test_everything_was_recorded_when_it_happened_and_nothing_after_now(told):
    early = AuditEvent.objects.filter(verb="activity.recorded", at__year__lte=2022).count()

    assert early > 600
    assert not AuditEvent.objects.filter(at__gt=timezone.now()).exists()


def test_invented_people_have_numbers_nobody_uses(told):
    for returnee in Returnee.objects.all():
        assert returnee.household_phone.startswith("090000")
        assert returnee.identity_number is None or returnee.identity_number[8:11] == "000"
        assert returnee.certificate_number.startswith("DEMO-")


def test_the_eight_can_sign_in_and_nobody_else(told):
    for user in User.objects.all():
        assert user.is_demo
        assert check_password(accounts.PASSWORD, user.password) == (user.username in CAST)
    assert not User.objects.filter(username__in=CAST, must_change_password=True).exists()


def test_the_accounts_are_printed_with_the_password(told):
    out = StringIO()

    call_command("load_demo", accounts=True, stdout=out)

    *lines, last = out.getvalue().splitlines()
    assert [line.split()[0] for line in lines] == CAST
    assert last.endswith(f": {accounts.PASSWORD}")


def test_a_day_before_the_story_ends_is_refused(db):
    with pytest.raises(CommandError, match="2026-01-01"):
        call_command("load_demo", on=date(2025, 6, 1))


def test_without_demo_nothing_is_loaded(db, settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="DEMO=true"):
        call_command("load_demo")
    assert not Returnee.objects.exists()


def test_the_clock_is_right_again_after_the_story_and_after_a_failure():
    real = timezone.now

    with story_time() as clock:
        clock.move(date(2019, 3, 4))
        during = timezone.localdate()
    with pytest.raises(ZeroDivisionError), story_time():
        raise ZeroDivisionError

    assert during == date(2019, 3, 4)
    assert timezone.now is real


def test_the_chief_of_nam_da_sent_up_two_numbered_reports_one_with_a_figure_by_hand(told):
    found = ReportDocument.objects.filter(unit__code="24697").order_by("period_end")

    assert [document.outgoing.number for document in found] == [1, 2]
    assert [document.cells.count() for document in found] == [0, 1]
    assert all(document.period_end < document.signed_on <= told for document in found)


def test_of_the_reports_chi_asked_for_one_was_corrected_one_came_late_and_two_are_missing(told):
    asked = Campaign.objects.get(unit__code="68-C01")
    found = {each.unit.code: each for each in asked.submissions.select_related("unit")}
    first, second = found["24697"].versions.order_by("number")

    assert {code: each.state for code, each in found.items()} == {
        "24697": "accepted", "24688": "submitted", "24703": "draft", "24712": "draft",
    }  # fmt: skip
    assert first.comments.get().indicator == "legal_aid"
    assert second.figures["legal_aid"] == first.figures["legal_aid"] + 2
    assert (found["24697"].accepted, second.is_intact) == (second, True)
    assert timezone.localdate(found["24688"].versions.get().made_at) > asked.due_on

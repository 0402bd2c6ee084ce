import uuid
from datetime import date, timedelta

import pytest
from django.urls import reverse

from cases import actions
from cases.models import Crime, Expungement, Judgment, Obligation, RuleVersion, Verdict
from cases.reports.casefile import clearance, clock
from tests.makers import TODAY, make_returnee, make_served

DONE = date(2022, 1, 1)


@pytest.fixture
def person(an):
    return make_returnee(by=an, born_on="1985-02-03", completed_on=DONE, presented_on=DONE)


def days_ago_for(left):
    """The day on which a penalty was done that clears `left` days from now (about, to the day)."""
    due = TODAY + timedelta(days=left) - timedelta(days=1)
    return due.replace(year=due.year - 2, day=min(due.day, 28))


def page(client, route, *args, **query):
    return client.get(reverse(route, args=args, query=query)).content.decode()


def test_the_tab_says_the_day_first_and_how_it_is_counted(person, an, signed_in):
    make_served(returnee=person, by=an, done_on=date(TODAY.year - 1, 1, 15), number="12/2019/HSST")
    due = date(TODAY.year + 1, 1, 16)

    shown = page(signed_in(an), "returnee-clock", person.pk)

    assert f"{due:%d/%m/%Y}" in shown
    assert "Điều 70 khoản 2 điểm b BLHS" in shown
    assert clock.build(person, TODAY).verdict.due_on == due


def test_each_thing_that_blocks_is_named_with_who_unblocks_it(person, an):
    make_served(returnee=person, by=an, done_on=DONE, parts=[Obligation(kind="court_fee", state="open")])
    open_fee = clock.build(person, TODAY)
    make_served(returnee=person, by=an, done_on=DONE, parts=[Obligation(kind="compensation", state="unknown")])
    unknown = clock.build(person, TODAY)

    assert [len(open_fee.blockers), len(unknown.blockers)] == [1, 2]
    assert "án phí" in open_fee.blockers[0].text
    assert open_fee.blockers[0].who != unknown.blockers[1].who


def test_no_judgment_an_investigation_and_a_conviction_without_a_judgment_block(person, an):
    assert [each.route for each in clock.build(person, TODAY).blockers] == ["returnee-sentence"]
    make_served(returnee=person, by=an, done_on=TODAY - timedelta(days=100))
    crime = Crime(returnee=person, act_on=TODAY - timedelta(days=50), offence="x", severity=1, stage="charged")
    actions.violation.record(violation=crime, by=an)
    held = clock.build(person, TODAY)
    actions.violation.reach_stage(crime=crime, stage="convicted", on=TODAY, by=an)

    assert [each.route for each in held.blockers] == ["returnee-violations"]
    assert [each.route for each in clock.build(person, TODAY).blockers] == ["returnee-sentence"]


def test_a_conviction_entered_late_moves_the_clock_and_says_so(person, an, signed_in):
    make_served(returnee=person, by=an, done_on=DONE)
    client = signed_in(an)
    parts = {f"{part}-{name}": "0" for part in ("additional_penalties", "obligations")
             for name in ("TOTAL_FORMS", "INITIAL_FORMS")}  # fmt: skip
    sent = {"uid": uuid.uuid4(),
            "main_penalty": "prison", "months": "18", "effective_on": "01/02/2024", "main_done_on": "01/06/2025",
            "main_done_how": "served", "offences-TOTAL_FORMS": "1", "offences-INITIAL_FORMS": "0",
            "offences-0-name": "Trộm", "offences-0-article": "173", "offences-0-clause": "1",
            "offences-0-chapter": "XVI", "offences-0-fault": "deliberate", "offences-0-severity": "1",
            "offences-0-act_on": "01/06/2023", **parts}  # fmt: skip

    response = client.post(reverse("judgment-add", args=[person.pk]), sent, follow=True)

    said = [str(message) for message in response.context["messages"]]
    assert any("từ 02/01/2024 sang 02/06/2027" in text for text in said)
    shown = page(client, "returnee-clock", person.pk)
    assert "chuyển từ 02/01/2024 sang 02/06/2027" in shown
    assert "phạm tội mới ngày 01/06/2023" in shown.split("chuyển từ 02/01/2024")[1].split("</ul>")[0]


def test_a_file_goes_from_eligible_to_confirmed_to_closed_each_step_by_its_role(person, an, anh, chi, signed_in):
    make_served(returnee=person, by=an, done_on=DONE)
    officer, chief = signed_in(an), signed_in(anh)
    assert person.full_name in page(officer, "expungement-list")
    assert person.full_name in page(signed_in(chi), "expungement-list")

    sent = {"uid": uuid.uuid4(), "evidence": "database", "evidence_on": f"{TODAY:%d/%m/%Y}", "reference": "123"}
    officer.post(reverse("expungement-add", args=[person.pk]), sent)
    evidence = Expungement.objects.get()
    assert person.full_name in page(chief, "expungement-list", show="confirm")
    url = reverse("expungement-confirm", args=[evidence.pk])
    assert url in page(chief, "home")
    assert url not in page(signed_in(chi), "home")
    assert officer.post(url).status_code == 403
    assert chief.post(url).status_code == 302
    assert chief.post(url).status_code == 302

    person.refresh_from_db()
    assert person.close_reason == "expunged"
    assert person.full_name not in page(officer, "expungement-list", show="confirm")


def test_the_way_to_a_cleared_record_shows_where_one_stands(person, an, anh):
    make_served(returnee=person, by=an, done_on=DONE)
    evidence = Expungement(returnee=person, evidence="vneid", evidence_on=TODAY)

    def current():
        return [step.label for step in clock.build(person, TODAY).steps if step.current]

    assert current() == ["Cán bộ ghi minh chứng"]
    actions.expungement.bring_evidence(expungement=evidence, by=an)
    assert current() == ["Trưởng Công an xã xác nhận"]
    assert "đang chờ xác nhận" in clock.build(person, TODAY).headline
    actions.expungement.confirm(expungement=evidence, on=TODAY, by=anh)
    assert current() == []


def test_the_page_of_the_evidence_shows_the_clock_and_asks_for_a_reason_where_it_disagrees(person, an, signed_in):
    judgment = make_served(returnee=person, by=an, done_on=DONE)
    client, asked = signed_in(an), "viết lý do ở dưới"

    agreed = page(client, "expungement-add", person.pk)
    judgment.obligations.create(kind="court_fee", state="open")
    differs = page(client, "expungement-add", person.pk)

    assert "02/01/2024" in agreed
    assert asked not in agreed
    assert asked in differs
    assert "án phí chưa thi hành xong" in differs
    assert "phiếu lý lịch tư pháp số 2" in agreed.lower()


def test_evidence_of_a_chief_is_confirmed_by_the_unit_above(person, anh, chi, dung, signed_in):
    make_served(returnee=person, by=anh, done_on=DONE)
    evidence = Expungement(returnee=person, evidence="vneid", evidence_on=TODAY)
    actions.expungement.bring_evidence(expungement=evidence, by=anh)
    url = reverse("expungement-confirm", args=[evidence.pk])
    chief, reviewer = signed_in(anh), signed_in(chi)

    assert "không được tự xác nhận" in page(chief, "expungement-confirm", evidence.pk)
    assert "không được tự xác nhận" in chief.post(url).content.decode()
    assert url in page(reviewer, "home")
    assert reviewer.post(url).status_code == 302
    assert signed_in(dung).get(url).status_code == 404

    evidence.refresh_from_db()
    assert evidence.confirmed_by == chi


def test_a_conviction_without_its_judgment_is_told_where_evidence_is_entered(person, an, signed_in):
    make_served(returnee=person, by=an, done_on=DONE)
    crime = Crime(returnee=person, act_on=TODAY - timedelta(days=900), offence="x", severity=1, stage="convicted")
    actions.violation.record(violation=crime, by=an)
    client = signed_in(an)
    sent = {"uid": uuid.uuid4(), "evidence": "vneid", "evidence_on": f"{TODAY:%d/%m/%Y}", "reason": "Có trong VNeID"}

    answer = client.post(reverse("expungement-add", args=[person.pk]), sent).content.decode()

    assert "nhập bản án trước" in answer
    assert reverse("expungement-add", args=[person.pk]) not in page(client, "returnee-clock", person.pk)


def test_a_birthday_put_right_moves_the_clock_and_says_so(person, an, signed_in):
    judgment = make_served(returnee=person, by=an, done_on=DONE, act_on=date(2018, 6, 1))
    url = reverse("returnee-edit", args=[person.pk])
    client = signed_in(an)
    form = client.get(url).context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}

    response = client.post(url, {**sent, "born_on": "01/01/2001", "identity_number": ""}, follow=True)

    assert judgment.main_done_on == DONE
    assert any("02/01/2024" in str(message) for message in response.context["messages"])


def test_evidence_too_early_is_refused_with_a_word_at_the_reason(person, an, signed_in):
    make_served(returnee=person, by=an, done_on=TODAY - timedelta(days=10))
    sent = {"uid": uuid.uuid4(), "evidence": "vneid", "evidence_on": f"{TODAY:%d/%m/%Y}"}

    response = signed_in(an).post(reverse("expungement-add", args=[person.pk]), sent)

    assert "reason" in response.context["form"].errors
    assert not Expungement.objects.exists()


@pytest.mark.parametrize(("left", "listed"), [(-5, "due"), (20, "soon"), (60, "later"), (120, None)])
def test_who_is_due_stands_in_the_list_of_his_day_and_in_the_work_lists(person, an, chi, left, listed, signed_in):
    make_served(returnee=person, by=an, done_on=days_ago_for(left))
    counts = clearance.counts(an, TODAY)

    assert [name for name in clearance.LISTS if getattr(counts, name)] == ([listed] if listed else [])
    assert (reverse("returnee-clock", args=[person.pk]) in page(signed_in(an), "home", who="all")) == bool(listed)
    figures = {figure["key"]: figure for figure in signed_in(chi).get(reverse("home")).context["figures"]}
    shown = [figures["records"]["value"], *(count for _words, count, _url in figures["records"]["more"])]
    assert shown == [counts.due, counts.soon, counts.later]


def test_the_cover_of_the_sheet_says_nothing_of_a_record(person, an, signed_in):
    make_served(returnee=person, by=an, done_on=DONE)

    cover = page(signed_in(an), "expungement-guide", person.pk).split("<article")[0].split("<main")[1]

    assert "án tích" not in cover.split("letterhead")[1]
    assert "Trộm" not in cover


@pytest.mark.parametrize(
    ("done_on", "words"),
    [(TODAY - timedelta(days=300), "Điều 72"), (DONE, "Từ 02/01/2024"), (None, "Điều 72")],
)
def test_the_sheet_tells_what_to_do_and_how_the_day_is_counted(person, an, done_on, words, signed_in):
    if done_on:
        make_served(returnee=person, by=an, done_on=done_on)
    client = signed_in(an)
    client.cookies["django_language"] = "en"

    sheet = page(client, "expungement-guide", person.pk).split("<article")[1]

    assert (words in sheet) == bool(done_on)
    assert "lý lịch tư pháp số 2" in sheet
    assert "không phải đi xin phiếu" in sheet
    assert "Cách tính</h3>" in sheet


def test_who_has_no_record_is_told_so(person, an, signed_in):
    judgment = make_served(returnee=person, by=an, done_on=DONE)
    judgment.offences.update(fault="negligent", severity=1)

    sheet = page(signed_in(an), "expungement-guide", person.pk).split("<article")[1]

    assert "không có án tích" in sheet
    assert "Việc cần làm" not in sheet


def test_the_early_application_names_article_72_and_its_court(person, an, signed_in):
    make_served(returnee=person, by=an, done_on=TODAY - timedelta(days=300), court="TAND huyện Krông Nô")
    client = signed_in(an)
    url = reverse("expungement-application", args=[person.pk])

    assert f"{url}?early=1" in page(client, "returnee-clock", person.pk)
    paper = client.get(f"{url}?early=1").content.decode().split("<article")[1]

    assert "Điều 72" in paper
    assert "Kính gửi: ………" in paper
    assert "TAND huyện Krông Nô kết thúc hoạt động ngày 30/06/2025" in client.get(f"{url}?early=1").content.decode()


def test_an_application_about_chapter_xiii_never_goes_to_a_district_court(person, an, signed_in):
    judgment = make_served(returnee=person, by=an, done_on=DONE, court="Tòa án nhân dân huyện Krông Nô")
    judgment.offences.update(article="109", chapter="XIII", severity=4)
    client = signed_in(an)

    below = page(client, "expungement-application", person.pk)
    Judgment.objects.filter(pk=judgment.pk).update(court="Tòa án nhân dân tỉnh Lâm Đồng")
    above = page(client, "expungement-application", person.pk)

    assert "Điều 268 Bộ luật Tố tụng hình sự" in below
    assert "Điều 268" not in above
    assert "Kính gửi: Tòa án nhân dân tỉnh Lâm Đồng" in above


def test_an_application_about_a_court_of_a_merged_province_asks_which_court_decides_today(person, an, signed_in):
    make_served(returnee=person, by=an, done_on=DONE, court="TAND tỉnh Đắk Nông")

    paper = page(signed_in(an), "expungement-application", person.pk)

    assert "địa giới cấp tỉnh của TAND tỉnh Đắk Nông có thể đã thay đổi" in paper
    assert "Kính gửi: ………" in paper


def test_a_new_version_of_the_rules_is_entered_by_the_administrator(em, signed_in):
    client = signed_in(em)
    form = client.get(reverse("rule-add")).context["form"]
    sent = {name: field.initial for name, field in form.fields.items() if isinstance(field.initial, int)}
    sent |= {
        "uid": uuid.uuid4(),
        "code": "X-1",
        "title": "Luật mới",
        "valid_from": "01/01/2027",
        "source": "Luật x",
        "certainty": "V",
        "confirm": "1",  # whose day it moves was shown
    }

    client.post(reverse("rule-add"), {**sent, "automatic-b": "0"})
    assert not RuleVersion.objects.exists()
    client.post(reverse("rule-add"), {**sent, "automatic-b": "30"})

    assert RuleVersion.objects.get().months["automatic-b"] == 30
    assert "X-1" in page(client, "rule-list")


def test_earlier_counts_are_shown_with_the_facts_as_they_stood(person, an, signed_in):
    fee = Obligation(kind="court_fee", state="open")
    judgment = make_served(returnee=person, by=an, done_on=DONE, number="12/2019", parts=[fee])
    paid = Obligation(kind="court_fee", state="done", done_on=date(2022, 5, 1))
    actions.judgment.correct(judgment=judgment, parts=[*judgment.offences.all(), paid], by=an)

    newest, oldest = clock.build(person, TODAY).history[:2]

    assert "án phí: đã xong 01/05/2022" in newest.facts[1]
    assert "án phí: chưa xong" in oldest.facts[1]
    assert "Bản án 12/2019: khoản 1 Điều 173" in oldest.facts[1]
    assert "Các dữ kiện khi đó" in page(signed_in(an), "returnee-clock", person.pk)


def test_a_page_that_is_only_looked_at_keeps_no_verdict(person, an, signed_in):
    before = Verdict.objects.count()

    page(signed_in(an), "returnee-clock", person.pk)

    assert Verdict.objects.count() == before

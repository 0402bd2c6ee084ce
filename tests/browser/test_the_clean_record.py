"""The life of a clean record in a browser: it runs, is moved, runs out, is evidenced, confirmed, closed and sealed."""

from datetime import timedelta

import pytest
from django.urls import reverse

from cases import actions
from cases.lib.dates import add_months
from cases.models import Expungement, Returnee
from tests.makers import TODAY, make_returnee, make_served

DONE = add_months(TODAY, -30)  # three years in prison: two years to wait, over half a year ago
DUE = add_months(DONE, 24) + timedelta(days=1)


def day(value):
    return f"{value:%d/%m/%Y}"


@pytest.fixture
def person(transactional_db, an):
    person = make_returnee(by=an, full_name="Nguyễn Văn Hiền", born_on="1985-02-03", completed_on=DONE)
    make_served(returnee=person, by=an, done_on=DONE, number="12/2020/HS-ST")
    return person


def open_clock(visitor, person):
    visitor.open(reverse("returnee-clock", args=[person.pk]))


def save(visitor):
    with visitor.answered():
        visitor.page.click(".form-actions button >> nth=0")


def bring_evidence(visitor, person):
    open_clock(visitor, person)
    visitor.page.click("text=Ghi minh chứng")
    visitor.page.check("[name=evidence][value=vneid]", force=True)
    visitor.page.fill("[name=evidence_on]", day(TODAY))
    save(visitor)


def enter_late_judgment(visitor, person, done_on):
    """A judgment of 18 months on an act done while the first record still stood."""
    visitor.open(reverse("judgment-add", args=[person.pk]))
    page = visitor.page
    values = {
        "number": "45/2025/HS-ST",
        "effective_on": day(done_on - timedelta(days=200)),
        "months": "6",
        "main_done_on": day(done_on),
        "offences-0-name": "Trộm cắp tài sản",
        "offences-0-article": "173",
        "offences-0-clause": "1",
        "offences-0-act_on": day(done_on - timedelta(days=300)),
    }
    page.click("details.part-new >> nth=0 >> summary")
    choose(page, "main_penalty", "prison")
    choose(page, "main_done_how", "served")
    choose(page, "offences-0-fault", "deliberate")
    choose(page, "offences-0-severity", "1")
    for name, value in values.items():
        page.fill(f"[name={name}]", value)
    save(visitor)


def choose(page, name, value):
    if page.locator(f"select[name={name}]").count():
        page.select_option(f"select[name={name}]", value)
    else:
        page.check(f"[name={name}][value='{value}']", force=True)


def test_from_eligible_to_sealed_each_step_by_its_role(person, anh, chi, visitor, second_visitor):
    visitor.sign_in("an")
    open_clock(visitor, person)
    assert visitor.sees(f"Đủ điều kiện từ {day(DUE)}")
    bring_evidence(visitor, person)
    evidence = Expungement.objects.get()
    confirm = reverse("expungement-confirm", args=[evidence.pk])
    assert visitor.open(confirm) == 403
    visitor.wrong.clear()  # the browser writes a refusal to its console

    second_visitor.sign_in("anh")
    second_visitor.open(reverse("expungement-list") + "?show=confirm")
    second_visitor.page.click("text=Nguyễn Văn Hiền")
    assert second_visitor.sees("Lê Văn An")
    save(second_visitor)

    assert second_visitor.sees("niêm phong")
    assert Returnee.objects.get(pk=person.pk).is_sealed
    for someone in (visitor, second_visitor):
        someone.open(reverse("returnee-list") + "?q=hien")
        assert not someone.sees("Nguyễn Văn Hiền")
        assert someone.open(reverse("returnee-clock", args=[person.pk])) == 404
        someone.wrong.clear()


def test_the_chief_opens_a_sealed_file_with_a_reason(person, an, anh, visitor):
    Returnee.objects.filter(pk=person.pk).update(closed_on=TODAY, close_reason="expunged")
    visitor.sign_in("anh")
    visitor.open(reverse("returnee-unseal"))
    visitor.page.fill("[name=number]", person.file_number)
    visitor.page.fill("[name=reason]", "Tòa án có văn bản hỏi")
    save(visitor)

    assert visitor.sees("Nguyễn Văn Hiền")
    assert visitor.sees("Hồ sơ này đã niêm phong")
    assert visitor.page.title().find("Hiền") < 0
    assert visitor.page.locator("text=Ghi hoạt động").count() == 0


@pytest.mark.parametrize("size", ["phone"], indirect=True)
def test_a_conviction_entered_late_moves_the_clock_and_says_so(person, visitor):
    visitor.sign_in("an")
    done_on = add_months(TODAY, -3)
    moved = add_months(done_on, 24) + timedelta(days=1)

    enter_late_judgment(visitor, person, done_on)

    assert visitor.sees(f"từ {day(DUE)} sang {day(moved)}")
    open_clock(visitor, person)
    assert visitor.sees(f"Đủ điều kiện từ {day(moved)}, còn")
    assert visitor.sees(f"Ngày đủ điều kiện chuyển từ {day(DUE)} sang {day(moved)}")
    assert visitor.sees("phạm tội mới ngày")
    assert visitor.sees("Điều 73 khoản 2")


def test_the_button_of_the_chief_s_list_says_how_many_are_ticked(visitor, an, anh):
    for given in ("Một", "Hai", "Ba"):
        row = Expungement(returnee=make_returnee(by=an, full_name=f"Bùi Văn {given}", completed_on=DONE))
        row.evidence, row.evidence_on = "register", TODAY
        actions.expungement.bring_evidence(expungement=row, by=an, vouched=True)
    visitor.sign_in("anh")
    visitor.open(reverse("expungement-registers"))
    button, page = visitor.page.locator(".form-actions button >> nth=0"), visitor.page
    assert button.inner_text().strip().endswith("(3)")

    page.locator("#records input >> nth=1").uncheck(force=True)
    assert button.inner_text().strip().endswith("(2)")
    page.click("[data-tick=none]")
    assert button.inner_text().strip().endswith("(0)")

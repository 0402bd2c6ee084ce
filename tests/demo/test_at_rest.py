"""The whole story of the demo leaves no number, telephone or household contact of anybody in clear."""

from cases.models import ArrivalAnswer, Employer, GroupMember, Loan, Returnee, Transfer, Unit, User
from tests.raw_rows import places_of

NUMBERS = ("identity_number", "old_identity_number", "phone", "household_phone")


def test_no_number_telephone_or_household_contact_of_the_story_stands_in_clear(told):
    numbers = {each for row in Returnee.objects.values_list(*NUMBERS) for each in row}
    numbers |= set(GroupMember.objects.values_list("phone", flat=True))
    numbers |= set(ArrivalAnswer.objects.values_list("phone", flat=True))
    numbers |= {each for row in Transfer.objects.values_list("number", "sender_phone") for each in row}
    numbers -= {each for model in (User, Unit, Employer) for each in model.objects.values_list("phone", flat=True)}
    names = set(Returnee.objects.values_list("household_contact", flat=True))
    names |= set(Loan.objects.values_list("borrower", flat=True))
    for model in (Returnee, User):  # somebody else of the same name
        names -= set(model.objects.values_list("full_name", flat=True))
    names -= set(GroupMember.objects.values_list("name", flat=True))
    secret = {each for each in numbers | names if each}

    assert len(secret) > 300
    assert places_of(secret) == []

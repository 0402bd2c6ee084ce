"""The chief's list of files that are likely of one person."""

from django.urls import reverse

from cases.models import DistinctPair
from tests.makers import make_returnee

LIST = "duplicate-list"


def test_a_pair_stands_side_by_side_until_it_is_told_apart(an, anh, signed_in):
    one, other = (make_returnee(by=an, full_name="Tường Duy Khiết", born_on="1985") for _ in range(2))
    client = signed_in(anh)

    before = client.get(reverse(LIST)).content.decode()
    sent = {"first": one.pk, "second": other.pk, "reason": "Cha khác"}
    after = [client.post(reverse(LIST), sent, follow=True).content.decode() for _ in range(2)]

    assert all(reverse("returnee-withdraw", args=[person.pk]) in before for person in (one, other))
    assert "Tường Duy Khiết" not in after[0] + after[1]
    assert DistinctPair.objects.get().reason == "Cha khác"


def test_a_forged_answer_changes_nothing(an, anh, binh, signed_in):
    mine, theirs = make_returnee(by=an), make_returnee(by=binh)
    client = signed_in(anh)

    assert client.post(reverse(LIST), {"first": mine.pk, "second": theirs.pk}).status_code == 404
    assert client.post(reverse(LIST), {"first": mine.pk, "second": mine.pk}).status_code == 200
    assert client.post(reverse(LIST), {"first": "x"}).status_code == 200
    assert not DistinctPair.objects.exists()

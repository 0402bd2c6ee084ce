import pytest
from django.db import IntegrityError, transaction

from cases.law.expungement import evaluate
from cases.models import Judgment
from cases.models.law_facts import facts_of
from tests.makers import TODAY, make_judgment, make_returnee


def test_the_database_and_the_clock_take_the_same_months_of_prison(an):
    person = make_returnee(by=an)
    judgment = make_judgment(returnee=person, by=an)
    row = Judgment.objects.filter(pk=judgment.pk)

    for months in (1, 360):
        row.update(months=months)
        assert not any("months" in each for each in evaluate(facts_of([person.pk])[person.pk], TODAY).missing)
    for months in (0, 361):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(months=months)

from cases.forms.trip import visit_choices
from cases.models import Activity


def test_a_device_offers_every_kind_of_visit_but_help_with_a_paper():
    offered = {value for value, _label in visit_choices()["kinds"]}

    assert offered == set(Activity.Kind.values) - {Activity.Kind.PAPERWORK}

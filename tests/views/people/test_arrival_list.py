from django.urls import reverse

from cases.models import Returnee
from tests.makers import make_returnee


def test_each_figure_of_those_held_by_nobody_opens_a_list_of_as_many(an, anh, chi, signed_in):
    for name in ("Lê Thị Ba", "Trần Văn Bảy"):
        make_returnee(by=an, full_name=name, presented=False)
    client = signed_in(chi)

    page = client.get(reverse("arrival-nobody"))
    figures = [page.context["total"], *page.context["bands"]]
    figures += [cell for row in page.context["rows"] for cell in row["cells"]]

    assert len(page.context["rows"]) == 1
    assert len({figure["url"] for figure in figures}) == len(figures)
    for figure in figures:
        assert len(client.get(figure["url"]).context["page_obj"].object_list) == figure["count"]
    assert client.get(page.context["rows"][0]["url"]).context["page_obj"].object_list
    assert Returnee.objects.count() == 2

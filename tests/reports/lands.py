"""A map that is reorganised on 1 July 2025, small enough to count by hand."""

from datetime import date
from types import SimpleNamespace

import pytest

from cases.models import Succession
from tests.makers import make_succession, make_unit

FIRST, LAST = date(2004, 1, 1), date(2025, 6, 30)


@pytest.fixture
def lands(organisations):
    """Old district with communes left, right and divided; since July the cluster with north (left and right), south
    beside it. The district and `divided` were parted between them; `far` lies in another province.
    """
    old = {"valid_from": FIRST, "valid_to": LAST}
    province = make_unit(kind="province", code="67", name="Tỉnh cũ", **old)
    district = make_unit(kind="district", code="664", name="Huyện cũ", parent=province, **old)
    new = make_unit(kind="province", code="68", name="Tỉnh mới")
    cluster = make_unit(kind="cluster", code="C01", name="Cụm", parent=new)
    elsewhere = make_unit(kind="province", code="66", name="Tỉnh khác", valid_from=FIRST)
    lands = SimpleNamespace(
        province=province,
        district=district,
        new=new,
        cluster=cluster,
        elsewhere=elsewhere,
        left=make_unit(kind="commune", code="24691", name="Xã trái", parent=district, **old),
        right=make_unit(kind="commune", code="24697", name="Xã phải", parent=district, **old),
        divided=make_unit(kind="commune", code="24692", name="Xã chia", parent=district, **old),
        north=make_unit(kind="commune", code="24697", name="Xã bắc", parent=cluster),
        south=make_unit(kind="commune", code="24678", name="Xã nam", parent=new),
        far=make_unit(kind="commune", code="24604", name="Xã xa", parent=elsewhere, valid_from=FIRST),
    )
    part = Succession.Share.PART
    for before, after, share in [
        ("province", "new", Succession.Share.FULL),
        ("left", "north", Succession.Share.FULL),
        ("right", "north", Succession.Share.FULL),
        ("divided", "north", part),
        ("divided", "south", part),
        ("district", "cluster", part),
        ("district", "south", part),
    ]:
        make_succession(getattr(lands, before), getattr(lands, after), share=share)
    for unit in vars(lands).values():
        unit.refresh_from_db()
    return lands

import pytest

from cases.lib.usernames import propose


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        ("Lê Văn An", (), "an.lv"),
        ("Lê Văn An", ("an.lv", "an.lv2"), "an.lv3"),
        ("Đỗ Thị Ánh", (), "anh.dt"),
        ("H'Bia Niê", (), "nie.h"),
        ("Dũng", (), "dung"),
        ("Ý", (), "y2"),
        ("…", (), ""),
        ("", (), ""),
    ],
)
def test_a_user_name_is_the_given_name_and_the_first_letters_of_the_others(name, taken, expected):
    assert propose(name, taken) == expected

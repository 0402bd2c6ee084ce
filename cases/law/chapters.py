"""Which chapter of the 2015 Penal Code an article stands in."""

import re
from bisect import bisect_right
from functools import lru_cache

# Bộ luật Hình sự 100/2015/QH13, amended by 12/2017/QH14: first article, last article, chapter, its subject.
CHAPTERS = (
    (108, 122, "XIII", "các tội xâm phạm an ninh quốc gia"),
    (123, 156, "XIV", "các tội xâm phạm tính mạng, sức khỏe, nhân phẩm, danh dự của con người"),
    (157, 167, "XV", "các tội xâm phạm quyền tự do của con người, quyền tự do, dân chủ của công dân"),
    (168, 180, "XVI", "các tội xâm phạm sở hữu"),
    (181, 187, "XVII", "các tội xâm phạm chế độ hôn nhân và gia đình"),
    (188, 234, "XVIII", "các tội xâm phạm trật tự quản lý kinh tế"),
    (235, 246, "XIX", "các tội phạm về môi trường"),
    (247, 259, "XX", "các tội phạm về ma túy"),
    (260, 329, "XXI", "các tội xâm phạm an toàn công cộng, trật tự công cộng"),
    (330, 351, "XXII", "các tội xâm phạm trật tự quản lý hành chính"),
    (352, 366, "XXIII", "các tội phạm về chức vụ"),
    (367, 391, "XXIV", "các tội xâm phạm hoạt động tư pháp"),
    (392, 420, "XXV", "các tội xâm phạm nghĩa vụ, trách nhiệm của quân nhân"),
    (421, 425, "XXVI", "các tội phá hoại hòa bình, chống loài người và tội phạm chiến tranh"),
)

# Điều 70 khoản 1, Điều 71 khoản 1: only these two chapters need a decision of the court.
# "XI and XXIV", met in older texts, are the numbers of the 1999 Code.
COURT_CHAPTERS = frozenset({"XIII", "XXVI"})

LAST_ARTICLE = 426

NAMES = frozenset(chapter for _, _, chapter, _ in CHAPTERS)
_FIRST = [first for first, _, _, _ in CHAPTERS]


@lru_cache(maxsize=1024)
def number_of(article: int | str) -> int:
    """Return the number of an article (173, "173", "256a"), 0 where that is none."""
    found = re.fullmatch(r"(\d{1,4})[a-zđ]?", str(article).strip().lower())
    return int(found[1]) if found else 0


def is_article(article: int | str) -> bool:
    """Say whether the Code has an article of that number, an offence or not: older Codes counted otherwise."""
    return 1 <= number_of(article) <= LAST_ARTICLE


@lru_cache(maxsize=1024)
def chapter_of(article: int | str) -> str | None:
    """Return the chapter of an article, None where the Code has no such offence."""
    number = number_of(article)
    place = bisect_right(_FIRST, number) - 1
    if place < 0 or number > CHAPTERS[place][1]:
        return None
    return CHAPTERS[place][2]

from tests.reports.lands import lands
from tests.small_disk import small_disk

__all__ = ["lands", "small_disk"]

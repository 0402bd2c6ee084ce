from tests.reports.lands import lands

__all__ = ["lands"]

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cases"
    verbose_name = "Tái hòa nhập"

    def ready(self):
        from cases import checks  # noqa: F401
        from cases.models import database_file, fact_triggers, row_rules

        database_file.watch(self)
        fact_triggers.watch(self)
        row_rules.watch(self)

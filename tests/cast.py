"""The units and users that nearly every test begins with: made once by the actions, then laid row by row.

What is laid is what the actions made, keys and all; only the stamps of time are those of the test. Making them anew
took 44 ms of every test, laying them takes 6.
"""

from copy import deepcopy
from importlib import import_module
from itertools import groupby
from types import SimpleNamespace

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Max
from django.db.models.signals import post_save

from cases.models import Organisation
from tests.makers import make_unit, make_user

USERS = {
    "an": ("Lê Văn An", "officer", "nam_da", {"rank": "Thượng úy"}),
    "anh": ("Trần Quốc Anh", "chief", "nam_da", {"rank": "Đại úy"}),
    "binh": ("Phạm Thanh Bình", "officer", "krong_no", {}),
    "chi": ("Ngô Kim Chi", "reviewer", "cluster", {}),
    "dung": ("Hồ Trung Dũng", "reviewer", "province", {}),
    "em": ("Đỗ Thị Em", "administrator", "province", {}),
    "giang": ("Vũ Hương Giang", "helper", "nam_da", {"organisation": "women"}),
}


def make_units():
    province = make_unit(kind="province", code="68", name="Tỉnh Lâm Đồng")
    cluster = make_unit(kind="cluster", code="68-C01", name="Cụm Krông Nô", parent=province)
    return SimpleNamespace(
        province=province,
        cluster=cluster,
        nam_da=make_unit(kind="commune", code="24697", name="Xã Nam Đà", parent=cluster),
        krong_no=make_unit(kind="commune", code="24688", name="Xã Krông Nô", parent=cluster),
        dak_sak=make_unit(kind="commune", code="24678", name="Xã Đắk Sắk", parent=province),
    )


def make_member(username, units):
    full_name, role, unit, facts = USERS[username]
    return make_user(username, full_name, role, getattr(units, unit), **facts)


def as_stored(made, rows):
    """What was made, with the stamps that its rows were given when they were laid."""
    laid = {(type(row), row.pk): row for row in rows}
    for one in vars(made).values() if isinstance(made, SimpleNamespace) else [made]:
        for field in one._meta.concrete_fields:
            setattr(one, field.attname, getattr(laid[type(one), one.pk], field.attname))
    return made


class Cast:
    """Everybody, kept in memory: made in a transaction that is taken back."""

    def __init__(self):
        self.made, self.rows = {}, {}
        with transaction.atomic():
            if not Organisation.objects.exists():
                import_module("cases.migrations.0002_organisations").add(apps, None)
            self.rows["organisations"] = list(Organisation.objects.all())
            units = self._keep("units", make_units)
            for username in USERS:
                self._keep(username, lambda username=username: make_member(username, units))
            self.last = self._last()
            transaction.set_rollback(True)

    def lay_organisations(self):
        """A test with real transactions empties their table behind it."""
        if not Organisation.objects.exists():
            Organisation.objects.bulk_create(deepcopy(self.rows["organisations"]))

    def lay(self, name):
        """The rows of `name` in the database of the test, and the units or the user they are."""
        rows = deepcopy(self.rows[name])
        for model, of_model in groupby(rows, type):
            model._base_manager.bulk_create(of_model)
        if name == "units":
            self._reserve()
        return as_stored(deepcopy(self.made[name]), rows)

    def _keep(self, name, make):
        new = {}

        def note(sender, instance, created, **_rest):
            if created:
                new[sender, instance.pk] = None

        post_save.connect(note)
        try:
            self.made[name] = deepcopy(make())
        finally:
            post_save.disconnect(note)
        keys = sorted(new, key=lambda key: (list(apps.get_models()).index(key[0]), key[1]))
        self.rows[name] = [model._base_manager.get(pk=pk) for model, pk in keys]
        return self.made[name]

    def _last(self):
        models = {type(row) for name in ("units", *USERS) for row in self.rows[name]}
        return {model: model._base_manager.aggregate(last=Max("pk"))["last"] for model in models}

    def _reserve(self):
        """SQLite counts on from the last row it sees: the keys of who is laid later in the test stay free."""
        if connection.vendor != "sqlite":
            return
        with connection.cursor() as cursor:
            for model, last in self.last.items():
                table = model._meta.db_table
                cursor.execute("UPDATE sqlite_sequence SET seq = max(seq, %s) WHERE name = %s", [last, table])
                if not cursor.rowcount:
                    cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, last])

from django.db import migrations

ORGANISATIONS = [
    ("police", "Công an xã", "Công an"),
    ("front", "Mặt trận Tổ quốc", "Mặt trận"),
    ("women", "Hội Liên hiệp Phụ nữ", "Phụ nữ"),
    ("youth", "Đoàn Thanh niên", "Thanh niên"),
    ("veterans", "Hội Cựu chiến binh", "Cựu chiến binh"),
    ("farmers", "Hội Nông dân", "Nông dân"),
    ("elderly", "Hội Người cao tuổi", "Người cao tuổi"),
    ("committee", "Ủy ban nhân dân", "UBND"),
    ("hamlet", "Ban tự quản thôn, bon, buôn", "Thôn, bon"),
    ("family", "Gia đình", "Gia đình"),
]


def add(apps, schema_editor):
    organisation = apps.get_model("cases", "Organisation")
    for rank, (code, name, short) in enumerate(ORGANISATIONS, start=1):
        organisation.objects.create(code=code, name=name, short=short, rank=rank)


def remove(apps, schema_editor):
    apps.get_model("cases", "Organisation").objects.filter(code__in=[row[0] for row in ORGANISATIONS]).delete()


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_the_case_file")]

    operations = [migrations.RunPython(add, remove)]

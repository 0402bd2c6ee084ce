from cases.lib import names
from cases.models import fields as models


class NameKeyQuerySet(models.QuerySet["NameKey"]):
    def keep_first(self, people):
        """Store the keys of people who were just put in and have none yet."""
        self.bulk_create([NameKey(returnee=person, key=key) for person in people for key in sorted(keys_of(person))])

    def keep(self, returnee):
        """Make the stored keys those of the person's name and other names."""
        wanted = keys_of(returnee)
        stored = set(self.filter(returnee=returnee).values_list("key", flat=True))
        if stored - wanted:
            self.filter(returnee=returnee, key__in=stored - wanted).delete()
        self.bulk_create([NameKey(returnee=returnee, key=key) for key in sorted(wanted - stored)])


def keys_of(returnee):
    """The keys of a person's name and other names."""
    return set().union(*(names.keys(name) for name in returnee.all_names))


class NameKey(models.Model):
    """One of the keys under which a person is found by a name that is spelt a little otherwise (lib/names.py)."""

    PERSONAL = ("returnee", "key")
    PLAIN = ("id",)

    returnee = models.ForeignKey("cases.Returnee", models.CASCADE, related_name="name_keys", db_index=False)
    key = models.CharField(max_length=names.KEY_LENGTH)

    objects = NameKeyQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["returnee", "key"], name="name_key_once")]
        indexes = [models.Index(fields=["key", "returnee"], name="name_key_first")]

    def __str__(self):
        return self.key

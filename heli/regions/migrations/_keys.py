"""For rooms whose rows had their search words in a column of their own: note the names that stand there already."""

from heli.common import pinyin


def noting(app, model):
    """A migration's step that makes the names of `app.model` findable."""

    def note(apps, schema_editor):
        key_model = apps.get_model("regions", "NameKey")
        names = apps.get_model(app, model)._base_manager.values_list("name", flat=True).order_by("name").distinct()
        rows = ((key[:80], name) for name in names.iterator() for key in sorted(pinyin.keys(name)))
        key_model._base_manager.bulk_create(
            (key_model(key=key, name=name) for key, name in rows), ignore_conflicts=True, batch_size=2000
        )

    return note

"""Rows that belong to one tenant: every join and every update carries the tenant's key.

The key is `client` (a person's record) or `organisation`. Carrying it everywhere makes sharding a
deployment option, and lets the database check what the application promises.
"""

from typing import Any, ClassVar

from django.db import models

from coachwork.kit.ids import new_id


def tenant_key_of(model: type[models.Model]) -> str:
    """The field that names the tenant; models of a migration's past know only their fields."""
    named = getattr(model, "tenant_key", "")
    names = {field.name for field in model._meta.fields}
    return named or ("client" if "client" in names else "organisation")


class TenantForeignKey(models.ForeignKey[Any, Any]):
    """A foreign key between two tables of one tenant: the join compares the tenant too."""

    def get_joining_fields(self, reverse_join: bool = False) -> tuple[Any, ...]:
        key = tenant_key_of(self.model)
        here, there = self.model._meta.get_field(key), self.remote_field.model._meta.get_field(key)
        pair = (there, here) if reverse_join else (here, there)
        return (*super().get_joining_fields(reverse_join), pair)


class TenantModel(models.Model):
    """A row with one tenant, which it keeps for ever."""

    tenant_key: ClassVar[str]

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True

    def _do_update(
        self, base_qs: Any, using: Any, pk_val: Any, values: Any, *rest: Any, **named: Any
    ) -> Any:
        column = f"{self.tenant_key}_id"
        kept = [value for value in values if value[0].attname != column]
        rows = base_qs.filter(**{column: getattr(self, column)})
        return super()._do_update(rows, using, pk_val, kept, *rest, **named)

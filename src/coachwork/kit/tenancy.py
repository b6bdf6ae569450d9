"""Rows that belong to one tenant: every join and every update carries the tenant's key.

The key is `client` (a person's record) or `organisation`. Carrying it everywhere makes sharding a
deployment option, and lets the database check what the application promises.
"""

from typing import Any, ClassVar

from django.db import models
from django.db.models.fields.related_descriptors import ReverseManyToOneDescriptor
from django.utils.functional import cached_property

from coachwork.kit.ids import new_id


def tenant_key_of(model: type[models.Model]) -> str:
    """The field that names the tenant; models of a migration's past know only their fields."""
    named = getattr(model, "tenant_key", "")
    names = {field.name for field in model._meta.fields}
    return named or ("client" if "client" in names else "organisation")


class TenantRows(ReverseManyToOneDescriptor[Any]):
    """The rows that point at one row: asked for with the tenant's key, as joins are.

    The indexes begin with that key, and without it a database may read a whole table.
    """

    @cached_property
    def related_manager_cls(self) -> Any:
        column = f"{tenant_key_of(self.rel.related_model)}_id"
        plain: Any = super().related_manager_cls

        class Rows(plain):  # type: ignore[misc]
            def __init__(self, instance: models.Model) -> None:
                super().__init__(instance)
                self.core_filters[column] = getattr(instance, column)

            def get_prefetch_querysets(self, instances: Any, querysets: Any = None) -> Any:
                [rows] = querysets or [self.model._base_manager.all()]
                tenants = {getattr(one, column) for one in instances}
                return super().get_prefetch_querysets(
                    instances, [rows.filter(**{f"{column}__in": tenants})]
                )

        return Rows


class TenantForeignKey(models.ForeignKey[Any, Any]):
    """A foreign key between two tables of one tenant: the join compares the tenant too."""

    related_accessor_class = TenantRows

    def get_extra_descriptor_filter(self, instance: models.Model) -> dict[str, Any]:
        """Also the one row that this points at is asked for with the tenant's key."""
        column = f"{tenant_key_of(self.model)}_id"
        return {column: getattr(instance, column)}

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

    def _get_FIELD_display(self, field: Any) -> Any:
        """The word for a choice. Django's own works out the words of all choices each time."""
        value = getattr(self, field.attname)
        return next((str(label) for key, label in field.flatchoices if key == value), value)

    def _do_update(
        self, base_qs: Any, using: Any, pk_val: Any, values: Any, *rest: Any, **named: Any
    ) -> Any:
        column = f"{self.tenant_key}_id"
        kept = [value for value in values if value[0].attname != column]
        rows = base_qs.filter(**{column: getattr(self, column)})
        return super()._do_update(rows, using, pk_val, kept, *rest, **named)

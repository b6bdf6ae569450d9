"""The JSON door: one router a room, one table of errors."""

from ninja import NinjaAPI

api = NinjaAPI(title="Coachwork", version="1", urls_namespace="api")

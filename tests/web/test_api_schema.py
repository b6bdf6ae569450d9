"""The document keeps its word: many odd requests, made from it, never find a fault of ours."""

import json
import os
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, settings
from schemathesis import checks

from coachwork.people import actions as people
from coachwork.people.models import Scope
from coachwork.web.api import guard, house
from coachwork.web.wsgi import application
from tests import builders as make
from tests.planting import plant_everything

EXAMPLES = 15 if os.environ.get("CI") else 8
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.response_headers_conformance,
    checks.negative_data_rejection,
    checks.unsupported_method,
    checks.ignored_auth,
]
# From the document itself: a request would need the database before there is one.
schema = schemathesis.openapi.from_dict(json.loads(house.document()))
schema.app, schema.location = application, f"{house.BASE}/openapi.json"
# Whoever writes over what has changed is told so first, whatever else is wrong with the body.
refusals = schema.config.checks.negative_data_rejection
refusals.expected_statuses = [*refusals.expected_statuses, "412"]


@pytest.fixture(autouse=True)
def same_connection() -> Iterator[None]:
    """A request of a real server ends its connection; here it is the one that the test looks at."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def key(db) -> str:
    """The key of somebody with one of everything."""
    amira = make.client()
    make.role(C01=3, C02=4)
    plant_everything(amira)
    scopes = [scope.value for scope in Scope]
    _, secret = people.create_token(actor=amira.user, name="x", scopes=scopes, at=timezone.now())
    return secret


@pytest.mark.slow
@schema.parametrize()
@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_no_request_made_from_the_document_finds_a_fault(case: Any, key: str) -> None:
    guard.budget.counts.clear()
    case.call_and_validate(headers={"Authorization": f"Bearer {key}"}, checks=CHECKS)

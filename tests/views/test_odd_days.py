"""A row written past the validation, with a day that cannot be, opens on its pages and can be set right there."""

from datetime import date

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from cases.forms.base import DayField
from cases.models import limits
from tests import test_access as access

world = access.world

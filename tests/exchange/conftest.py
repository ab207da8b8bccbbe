from __future__ import annotations

import pytest

from gazetteer import Gazetteer


@pytest.fixture(scope="session")
def shipped() -> Gazetteer:
    return Gazetteer.load()

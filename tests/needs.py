import os

import pytest


def need(present, what: str) -> None:
    """Skip the test when something of the machine is missing; fail where CI=true."""
    if present:
        return
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is needed, and may not be missing where CI=true")
    pytest.skip(f"{what} is not installed")

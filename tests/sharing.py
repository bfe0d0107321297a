"""Which tests stay together in one process of xdist: those that share servers."""

from xdist.scheduler import LoadScopeScheduling

# Each of these starts servers that take many seconds, once for all of its tests.
TOGETHER = (
    "tests/test_deploy.py",
    "tests/config/test_database_away.py",
    "tests/browser/test_demo_site.py",
    "tests/innovation/management/test_worker.py",
)


class SharedServers(LoadScopeScheduling):
    """Hands out one test at a time, but the modules of TOGETHER whole, and before the others.

    Not xdist's own groups: xdist 3.8 notes them in a name that pytest 9.2 no longer reads, and
    every process started every server.
    """

    def _split_scope(self, nodeid: str) -> str:
        module = nodeid.partition("::")[0]
        return module if module in TOGETHER else nodeid

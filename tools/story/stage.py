"""The stand-ins and a hub in a folder of their own, for a test."""

import contextlib
import shutil
import tempfile
from pathlib import Path

from hub import Hub
from ports import free_port
from story import Story
from systems import SandboxSystems


@contextlib.contextmanager
def stage(build, hub_class=Hub):
    """Gives a Story whose hub is not started yet; in the end both are stopped. If a check failed the folder stays, and the end
    of the logs in it is printed."""
    folder = Path(tempfile.mkdtemp(prefix="orderhub-stage-"))
    systems = SandboxSystems(Path(build) / "tools/sandbox/orderhub-sandbox")
    hub = hub_class(build, folder, systems.facts, free_port())
    story, passed = Story(systems, hub), False
    try:
        yield story
        passed = not story.failures
    finally:
        hub.over = True
        hub.stop()
        systems.close()
        if not passed:
            print_logs(folder)
    if passed:
        shutil.rmtree(folder, ignore_errors=True)


def print_logs(folder, lines=60):
    """Where a test runs for others its folder is not seen: what the hubs said last is."""
    for log in sorted(Path(folder).rglob("hub.log")):
        print(f"--- {log}, the last {lines} lines", *log.read_text(errors="replace").splitlines()[-lines:], sep="\n")


def verdict(story):
    """The exit code, after the failures if there are any."""
    if not story.failures:
        return 0
    print("\n".join(["FAILED:", *story.failures, f"logs: {story.hub.folder}"]))
    return 1

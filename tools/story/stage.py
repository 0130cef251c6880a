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
    """Gives a Story whose hub is not started yet; in the end both are stopped. The folder stays if a check failed."""
    folder = Path(tempfile.mkdtemp(prefix="orderhub-stage-"))
    systems = SandboxSystems(Path(build) / "tools/sandbox/orderhub-sandbox")
    hub = hub_class(build, folder, systems.facts, free_port())
    try:
        story = Story(systems, hub)
        yield story
    finally:
        hub.over = True
        hub.stop()
        systems.close()
    if not story.failures:
        shutil.rmtree(folder, ignore_errors=True)


def verdict(story):
    """The exit code, after the failures if there are any."""
    if not story.failures:
        return 0
    print("\n".join(["FAILED:", *story.failures, f"logs: {story.hub.folder}"]))
    return 1

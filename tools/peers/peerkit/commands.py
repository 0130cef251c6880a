"""What the verbs of `peers` do."""

import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor

from . import postgres, request_tracker, tryton, vendure
from .instance import PROJECT, say, write_json
from .processes import PeerError

SYSTEMS = {module.NAME: module for module in (vendure, request_tracker, tryton)}
_NEED_DATABASE = (vendure, tryton)


def _selected(names):
    unknown = [name for name in names if name not in SYSTEMS]
    if unknown:
        raise PeerError(f"unknown system {', '.join(unknown)}; there are {', '.join(SYSTEMS)}")
    return [SYSTEMS[name] for name in names or SYSTEMS]


def _packages():
    say("packages", "tools/setup --peers")
    if subprocess.run([str(PROJECT / "tools/setup"), "--peers"], check=False).returncode:
        raise PeerError("tools/setup --peers failed")


def _publish(instance):
    """DIR/peers.json: what a test or a configuration needs to know of each seeded system."""
    known = {name: module.describe(instance) for name, module in SYSTEMS.items()
             if instance.facts(name)}
    known["postgres"] = {"port": instance.port(postgres.NAME),
                         "pid": instance.process(postgres.NAME).pid()}
    write_json(instance.dir / "peers.json", {"dir": str(instance.dir), **known})


def _each(modules, work):
    """work(module) for all at once; the first failure is raised after all have ended."""
    with ThreadPoolExecutor(len(modules)) as pool:
        for done in [pool.submit(work, module) for module in modules]:
            done.result()


def _steps(instance, module, names):
    for name in names:
        getattr(module, name)(instance)
        say(module.NAME, f"{name}: done")


def up(instance):
    _packages()
    postgres.start(instance)
    _each(list(SYSTEMS.values()), lambda module: _steps(instance, module,
                                                        ("install", "seed", "start")))
    _publish(instance)
    say("peers", f"all up, see {instance.dir / 'peers.json'}")


def down(instance):
    phase(instance, "stop", [])


def phase(instance, verb, names):
    modules = _selected(names)
    if verb == "install":
        _packages()
    if verb in ("seed", "start") and any(module in _NEED_DATABASE for module in modules):
        postgres.start(instance)
    _each(modules, lambda module: _steps(instance, module, (verb,)))
    if verb == "stop" and not any(instance.process(module.NAME).pid()
                                  for module in _NEED_DATABASE):
        postgres.stop(instance)
    _publish(instance)


def status(instance):
    pids = {name: instance.process(name).pid() for name in (postgres.NAME, *SYSTEMS)}
    for name, pid in pids.items():
        print(f"{name}: {f'running, pid {pid}' if pid else 'stopped'}")
    return 0 if all(pids.values()) else 3


def remove(instance):
    """Stops everything and deletes DIR, with the database that may lie elsewhere."""
    if not (instance.dir / "peers.json").exists() and any(
            entry.name not in (".lock", *SYSTEMS, postgres.NAME)
            for entry in instance.dir.iterdir()):
        raise PeerError(f"{instance.dir} does not look like a folder of peers")
    for module in (*SYSTEMS.values(), postgres):
        module.stop(instance)
    shutil.rmtree((instance.folder(postgres.NAME) / "data").resolve(), ignore_errors=True)
    shutil.rmtree(instance.dir)


def clone(source, target):
    if any(source.process(name).pid() for name in (postgres.NAME, *SYSTEMS)):
        raise PeerError(f"stop {source.dir} before cloning it")
    if target.dir.exists():
        raise PeerError(f"{target.dir} exists")
    data = source.folder(postgres.NAME) / "data"
    if data.is_symlink():
        raise PeerError(f"{data} lies elsewhere; this set cannot be cloned")
    target.dir.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", str(source.dir), str(target.dir)], check=True)
    own = ("*/port.json", "*/process.json", "*/webhook.json", "*/webhook.url", "peers.json")
    for leftover in [path for pattern in own for path in target.dir.glob(pattern)]:
        leftover.unlink()
    shutil.rmtree(target.folder(request_tracker.NAME) / "var", ignore_errors=True)

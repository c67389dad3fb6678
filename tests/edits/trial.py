"""One kubeconfig through the commands that change it, and what was promised about each."""
import os
import random
import re
import shutil

from kubeconfigs import EXEC_USER, STATIC_USER
from world import CLUSTER

OUR_NAMES = ["new", "new", "new", "{id}", "it's new", "new: #", "yes", 'q"uote', "\u00e9t\u00e9 \U0001f600"]


class Fault(Exception):
    """A promise that was broken."""


def reason_of(result):
    """The complaint without what belongs to one file, fit to be counted."""
    error = next((line for line in result.stderr.decode().splitlines() if "error: " in line), "no message")
    error = re.sub(r"^.*?error: ", "", error)
    error = re.sub(r"^(\S*/config|user plugin user): ", "", error)
    error = re.sub(r"^(\S*/config|user plugin user): ", "", error)
    return re.sub(r"^line \d+: ", "", error)


def known(view):
    """A kubectl's view of a file, where a missing list and an empty one are the same."""
    return {key: value for key, value in view.items() if value}


def without(view, list_key, name):
    return {**view, list_key: [entry for entry in view.get(list_key) or [] if entry["name"] != name]}


class Trial:
    """`kubectls` judge what the file means; none for most files, because each look takes longer than all the rest."""

    def __init__(self, world, kubeconfig, number, static, kubectls, count):
        self.world, self.kubeconfig, self.static, self.count = world, kubeconfig, static, count
        self.kubectls = kubectls
        self.rng = random.Random(number)
        self.before = kubeconfig.text
        self.steps = []  # what was run, for the report of a fault

    def run(self):
        self.world.write(self.before)
        if self.kubectls:
            self.views = {kubectl: self.world.view(kubectl) for kubectl in self.kubectls}
            for kubectl, view in self.views.items():
                if isinstance(view, str):
                    raise Fault(f"{kubectl} does not read what was generated: {view}")
        self.install()
        self.wrap()
        if self.static:
            self.migrate()
        self.all_at_once()

    def command(self, *args):
        self.steps.append(" ".join(args))
        result = self.world.writer(*args)
        self.world.age()
        return result

    def changes(self, what, *args):
        """Runs what should change the file. Returns the file, or None when it was refused with nothing written."""
        result = self.command(*args)
        now = self.world.read()
        if result.returncode == 0:
            self.count(what, "done")
            return now
        if now != self.before:
            raise Fault(f"{what} failed, and the file is another: {result.stderr.decode()}")
        self.count(what, reason_of(result))
        return None

    def take_back(self, what, *args, but=None):
        """Runs what should give the bytes back, all or all outside the span `but`."""
        result = self.command(*args)
        now = self.world.read()
        if result.returncode != 0:
            raise Fault(f"{what} refused what it should take back: {result.stderr.decode()}")
        if but is None and now != self.before:
            raise Fault(f"{what} does not give the bytes back")
        if but is not None:
            self.check_outside(now, but)
        if now != self.before:
            self.world.write(self.before)

    def check_outside(self, now, span):
        """All bytes before and after the span are as they were."""
        begin, end = span
        if now[:begin] != self.before[:begin] or not now.endswith(self.before[end:]) or len(now) < begin + len(self.before) - end:
            raise Fault("bytes outside the edit have changed")

    def check_only_added(self, now):
        """Every byte from before is there, in order: an edit in block style only adds."""
        rest = iter(now)
        if not all(byte in rest for byte in self.before):
            raise Fault("bytes that were there are gone")

    def check_meaning(self, same):
        """`same` takes from a view what may differ."""
        for kubectl in self.kubectls:
            now = self.world.view(kubectl)
            if isinstance(now, str):
                raise Fault(f"{kubectl} does not read what was written: {now}")
            if known(same(now)) != known(same(self.views[kubectl])):
                raise Fault(f"{kubectl} sees another meaning beside the edit")

    def install_args(self, name, use):
        return ["install", "ack", "--cluster-id", CLUSTER, "--cs-endpoint", self.world.places["cloud"], "--context-name", name,
                "--store", "none", *(["--use"] if use else [])]

    def loses_context(self):
        """In flow style, which may be JSON, no comment can keep the context before: that is said."""
        span = self.kubeconfig.spans.get("current-context")
        return self.kubeconfig.is_flow() and span is not None and bool(
            self.before[span[0]:span[1]].strip(b" :\r\n\t").strip(b"\"'~") not in (b"", b"null", b"Null", b"NULL"))

    def install(self):
        name, use = self.rng.choice(OUR_NAMES), self.rng.random() < 0.7
        shown = name.replace("{id}", CLUSTER)
        now = self.changes("install --use" if use else "install", *self.install_args(name, use))
        if now is None:
            return
        if not self.kubeconfig.is_flow():
            self.check_only_added(now)

        def same(view):
            for key in ("clusters", "users", "contexts"):
                view = without(view, key, shown)
            return {**view, "current-context": ""}
        self.check_meaning(same)
        if self.rng.random() < 0.7:
            but = self.kubeconfig.spans["current-context"] if use and self.loses_context() else None
            self.take_back("uninstall", "uninstall", shown, but=but)
        else:
            self.take_back("undo", "undo")

    def wrap(self):
        now = self.changes("install exec", "install", "exec", "--user", EXEC_USER, "--store", "none")
        if now is None:
            return
        self.check_outside(now, self.kubeconfig.spans["exec"])
        self.check_meaning(lambda view: without(view, "users", EXEC_USER))
        if self.rng.random() < 0.3:
            self.command("install", "exec", "--user", EXEC_USER, "--timeout", "30s")
        if self.rng.random() < 0.8:
            self.take_back("uninstall", "uninstall", EXEC_USER)
        else:
            while self.world.read() != self.before:
                result = self.command("undo")
                if result.returncode != 0:
                    raise Fault(f"undo: {result.stderr.decode()}")

    def migrate(self):
        """Its key is meant to be gone for good: there is no undo, but a backup where one is asked for."""
        backup = os.path.join(self.world.home, "backup")
        if os.path.exists(backup):
            os.remove(backup)
        now = self.changes("migrate", "migrate", self.static["context"], "--cs-endpoint", self.world.places["cloud"], "--store", "disk",
                           "--backup", backup)
        if now is None:
            return
        self.check_outside(now, self.kubeconfig.spans["migrated"])
        self.check_meaning(lambda view: without(view, "users", STATIC_USER))
        if self.static["user"]["client-key-data"].encode() in now:
            raise Fault("the key is still in the file")
        with open(backup, "rb") as stream:
            if stream.read() != self.before:
                raise Fault("the backup is not the file from before")
        self.world.write(self.before)

    def all_at_once(self):
        """Two of ours beside a wrapped user, taken out in another order."""
        if self.rng.random() < 0.7:
            return
        args = self.install_args("{id}", False)
        if self.command(*args).returncode == 0:
            self.command("install", "exec", "--user", EXEC_USER)
            self.command(*self.install_args("second", False))
            self.take_back("uninstall --all", "uninstall", "--all")
        elif self.world.read() != self.before:
            raise Fault("a failed install has changed the file")


def forget(world):
    """Backups would fill the disk."""
    folder = os.path.join(world.home, ".local")
    if os.path.isdir(folder):
        shutil.rmtree(folder)

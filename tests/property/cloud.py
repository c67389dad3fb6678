"""Machines, network namespaces and the services in them: what a world stands on."""
import copy
import ctypes
import fcntl
import http.client
import json
import os
import socket
import struct
import subprocess
import time

_LIBC = ctypes.CDLL(None, use_errno=True)
_CLONE_NEWNS, _CLONE_NEWUTS, _CLONE_NEWUSER, _CLONE_NEWNET = 0x20000, 0x4000000, 0x10000000, 0x40000000
_MS_BIND, _MS_REC, _MS_PRIVATE = 0x1000, 0x4000, 0x40000
_BOOT_ID = "/proc/sys/kernel/random/boot_id"


def _check(result, what):
    if result != 0:
        raise OSError(ctypes.get_errno(), what)


def _unshare(flags):
    _check(_LIBC.unshare(flags), "unshare")


def _mount(source, target, flags):
    _check(_LIBC.mount(source.encode(), target.encode(), None, flags, None), "mount")


def _raise_loopback():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        up_and_running = 0x1 | 0x40
        fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh14x", b"lo", up_and_running))  # SIOCSIFFLAGS


def leave_this_machine():
    """Moves this process into namespaces of its own: its keyring is nobody else's, and there is no network but
    loopback. REQUIRES: one thread."""
    user, group = os.getuid(), os.getgid()
    _unshare(_CLONE_NEWUSER | _CLONE_NEWNS | _CLONE_NEWUTS | _CLONE_NEWNET)
    for name, text in (("setgroups", "deny"), ("uid_map", f"0 {user} 1"), ("gid_map", f"0 {group} 1")):
        with open(f"/proc/self/{name}", "w") as stream:
            stream.write(text)
    _mount("none", "/", _MS_REC | _MS_PRIVATE)
    _raise_loopback()


class Machine:
    """Namespaces to run a program in. `differs` says in what from the one that this process is in: "network", "boot"
    or "name"."""

    def __init__(self, differs, folder):
        made, ready = os.pipe()
        done, end = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(end)
            self._become(differs, folder)
            os.write(ready, b"y")
            os.read(done, 1)  # until the namespaces are held from outside
            os._exit(0)
        os.close(ready)
        os.read(made, 1)
        self._namespaces = [os.open(f"/proc/{child}/ns/{kind}", os.O_RDONLY | os.O_CLOEXEC)
                            for kind in ("net", "mnt", "uts")]
        for descriptor in (made, done, end):
            os.close(descriptor)
        os.waitpid(child, 0)

    @staticmethod
    def _become(differs, folder):
        if differs == "network":
            _unshare(_CLONE_NEWNET)
            _raise_loopback()
        elif differs == "boot":
            _unshare(_CLONE_NEWNS)
            path = os.path.join(folder, "boot_id")
            with open(path, "w") as stream:
                stream.write("7a2d1f60-94c3-4a0e-8a55-0c9f6f1e2b3d\n")
            _mount(path, _BOOT_ID, _MS_BIND)
        elif differs == "name":
            _unshare(_CLONE_NEWUTS)
            socket.sethostname("another-machine")

    def enter(self):
        """For a new process, before it becomes its program."""
        folder = os.getcwd()  # which a mount namespace resets
        for descriptor in self._namespaces:
            _check(_LIBC.setns(descriptor, 0), "setns")
        os.chdir(folder)


class Sandbox:
    """Alibaba Cloud on loopback, for the life of this object. `name` is what identities are told apart by."""

    def __init__(self, name, program, folder, machine=None, port=0):
        self.name = name
        self._enter = machine.enter if machine else None
        os.makedirs(folder)
        command = [program, "--dir", folder, "--lifetime", "86400", "--name", f"{os.path.basename(folder)}-",
                   *(["--port", str(port)] if port else [])]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, preexec_fn=self._enter)
        path = os.path.join(folder, "sandbox.json")
        while not os.path.exists(path):
            if self.process.poll() is not None:
                raise RuntimeError(f"the sandbox ended: {command}")
            time.sleep(0.02)
        with open(path) as stream:
            places = json.load(stream)
        self.url = places["cloud"]
        self.port = int(self.url.rsplit(":", 1)[1])
        self._control_port = int(places["control"].rsplit(":", 1)[1])
        self._control = self._connect()
        self._state = None

    def _connect(self):
        """A connection that a process in the sandbox's network has opened for us."""
        port = self._control_port
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        if not self._enter:
            return connection
        mine, other = socket.socketpair()
        child = os.fork()
        if child == 0:
            self._enter()
            with socket.create_connection(("127.0.0.1", port)) as opened:
                socket.send_fds(other, [b"y"], [opened.fileno()])
            os._exit(0)
        _, descriptors, _, _ = socket.recv_fds(mine, 1, 1)
        os.waitpid(child, 0)
        mine.close()
        other.close()
        connection.sock = socket.socket(fileno=descriptors[0])
        return connection

    def _exchange(self, path, body):
        if body is None:
            self._control.request("GET", path)
        else:
            self._control.request("POST", path, json.dumps(body))
        reply = self._control.getresponse()
        return reply, reply.read()

    def call(self, path, body=None):
        try:
            reply, text = self._exchange(path, body)
        except (http.client.HTTPException, OSError):  # it was idle for too long
            self._control = self._connect()
            reply, text = self._exchange(path, body)
        if reply.status != 200:
            raise RuntimeError(f"sandbox: {path}: {text.decode()}")
        return json.loads(text)

    def reset(self):
        if self._state:
            self.call("/reset", {})
        self._state = None

    def become(self, state, later):
        """Lets the services be as `state`, a dictionary of "settings", "keys", "sign_ins" and "faults", says; `later`
        are the seconds by which their clock is ahead."""
        if (state, later) == self._state:
            return
        self._state = copy.deepcopy((state, later))
        self.call("/config", {"key_type": "ec", **state.get("settings", {})})
        for key in state.get("keys", ()):
            self.call("/key", key)
        for sign_in in state.get("sign_ins", ()):
            self.call("/sign-in", sign_in)
        for fault in state.get("faults", ()):
            self.call("/fault", fault)
        if later:
            self.call("/clock", {"skew_s": later})

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Clouds:
    """The sandboxes and machines of one worker. "here" is where it runs, "other" a second cloud beside it; in the
    machine "network" the same port leads to a third. Addresses that are equal are one cloud."""

    def __init__(self, program, folder):
        self.machines = {name: Machine(name, folder) for name in ("network", "boot", "name")}
        here = Sandbox("cloud", program, os.path.join(folder, "here"))
        self.other = Sandbox("other", program, os.path.join(folder, "other"))
        network = Sandbox("cloud", program, os.path.join(folder, "network"), self.machines["network"], here.port)
        self._of_machine = {"here": here, "boot": here, "name": here, "network": network}
        self.sandboxes = [here, self.other, network]
        self.addresses = {"{cloud}": here.url, "{other}": self.other.url,
                          "{localhost}": here.url.replace("127.0.0.1", "localhost")}

    def of(self, machine):
        return self._of_machine[machine]

    def reset(self):
        for sandbox in self.sandboxes:
            sandbox.reset()

    def stop(self):
        for sandbox in self.sandboxes:
            sandbox.stop()

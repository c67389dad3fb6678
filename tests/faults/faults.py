"""The faults: each is a column of the matrix and yields the runs that inject it."""
import itertools
import os
import re
import resource
import signal
import subprocess

OPERATIONS = ["hit", "miss", "install"]

# Of the many calls of one kind that a program makes, so many get the fault, spread over all of them.
MOST_OF_A_KIND = int(os.environ.get("FAULTS_OF_A_KIND", "6"))

CHANGING = "write pwrite64 fsync openat mkdir rename renameat utimensat ftruncate fchmod link linkat unlink unlinkat"
WAITING = "read write openat poll connect recvfrom sendto futex fsync fcntl flock close"


class Run:
    """One run: an operation, and what is done to it."""

    def __init__(self, operation, what, wrap=(), env=None, before=None, closed=(), arrange=None, signalled=None,
                 reader_gone=False):
        self.operation, self.what, self.wrap, self.env = operation, what, list(wrap), env
        self.before, self.closed, self.arrange, self.signalled = before, closed, arrange, signalled
        self.reader_gone = reader_gone


class Tools:
    """What the faults are made with, as far as it is here, and the calls that each operation makes."""

    def __init__(self, folder, calls, loader_calls, programs):
        self.calls = calls  # {operation: {name of a system call: how often}}
        self.loader_calls = loader_calls
        self.least_memory = max(_least_memory(program) for program in programs)
        self.short_writes = _short_writes(folder)
        self.faketime = next((path for path in _faketime_paths() if os.path.exists(path)), None)


def _faketime_paths():
    machine = os.uname().machine
    return [f"/usr/lib/{machine}-linux-gnu/faketime/libfaketime.so.1", "/usr/lib64/faketime/libfaketime.so.1"]


def _least_memory(program):
    for size in range(1 << 20, 64 << 20, 64 << 10):
        if subprocess.run([program, "version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                          preexec_fn=_limited(resource.RLIMIT_AS, size), check=False).returncode == 0:
            return size
    raise RuntimeError(f"{program}: does not start in 64 MiB")


def _short_writes(folder):
    """Builds the library by which each write takes 7 bytes at most."""
    source, library = os.path.join(folder, "short.c"), os.path.join(folder, "short.so")
    with open(source, "w") as stream:
        stream.write('''#include <sys/syscall.h>
#include <unistd.h>
ssize_t write(int fd, const void* data, size_t size) { return syscall(SYS_write, fd, data, size > 7 ? 7 : size); }
''')
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", library, source], check=True)
    return library


def count_calls(world, command):
    """Returns the system calls that `command` makes in `world`."""
    log = os.path.join(world.home, "calls")
    subprocess.run(["strace", "-f", "-qq", "-o", log, *command], env=world.env, stdout=subprocess.DEVNULL, check=True)
    counts = {}
    with open(log) as stream:
        for line in stream:
            call = re.match(r"\d+\s+(\w+)\(", line)
            if call and call[1] not in ("execve", "exit_group", "exit", "arch_prctl"):
                counts[call[1]] = counts.get(call[1], 0) + 1
    os.unlink(log)
    return counts


def _spread(first, last):
    if last - first < MOST_OF_A_KIND:
        return range(first, last + 1)
    step = (last - first) / (MOST_OF_A_KIND - 1)
    return sorted({first + round(i * step) for i in range(MOST_OF_A_KIND)})


def _inject(tools, fault, names=None, signalled=None):
    """`fault` at system calls, those called `names` or all."""
    for operation in OPERATIONS:
        for name, count in sorted(tools.calls[operation].items()):
            if names and name not in names.split():
                continue
            first = 1
            if not signalled and name == "brk":
                continue  # the kernel's never fails with an error number, and libc does not expect one
            if not signalled and name in ("mmap", "mprotect"):
                first += tools.loader_calls.get(name, 0)  # the loader dies of it before main, in its own way
            for when in _spread(first, count):
                strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={name}",
                          "-e", f"inject={name}:{fault}:when={when}"]
                yield Run(operation, f"{name} no. {when}: {fault}", wrap=strace, signalled=signalled)


def _limited(kind, size):
    return lambda: resource.setrlimit(kind, (size, size))


def _file_limits(_tools):
    def limited(size):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # EFBIG instead of ENOSPC, after part of the bytes
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    for operation, size in itertools.product(OPERATIONS, [0, 1, 100, 500, 1000, 1500, 2000, 3000]):
        yield Run(operation, f"files end at {size} bytes", before=lambda size=size: limited(size))


def _memory(tools):
    """From the least memory in which the loader gets as far as main, in steps that grow."""
    least = tools.least_memory
    for operation in OPERATIONS:
        for size in [*range(least, least + (2 << 20), 64 << 10), *range(least + (2 << 20), least + (48 << 20), 2 << 20)]:
            yield Run(operation, f"{size >> 10} KiB of memory", before=_limited(resource.RLIMIT_AS, size))


def _closed(_tools):
    for operation, count in itertools.product(OPERATIONS, [1, 2, 3]):
        for closed in itertools.combinations([0, 1, 2], count):
            yield Run(operation, f"closed: {closed}", closed=closed)


def _no_home(_tools):
    for operation in OPERATIONS:
        yield Run(operation, "HOME is not set", wrap=["env", "-u", "HOME"])
        yield Run(operation, "HOME is empty", env={"HOME": ""})
        yield Run(operation, "HOME is not there", env={"HOME": "/proc/nowhere"})


def _hostile_store(_tools):
    def with_mode(mode):
        def arrange(world):
            os.makedirs(world.store, exist_ok=True)
            os.chmod(world.store, mode)
        return arrange

    def of_another(world):
        os.makedirs(world.store, mode=0o700, exist_ok=True)
        os.chown(world.store, 65534, 65534)

    def a_file(world):
        if os.path.exists(world.store):
            os.rename(world.store, world.store + ".away")
        with open(world.store, "w"):
            pass

    for operation in ("hit", "miss"):
        for mode in (0o777, 0o755, 0o1777, 0o000):
            yield Run(operation, f"the store has mode {mode:o}", arrange=with_mode(mode))
        if os.geteuid() == 0:
            yield Run(operation, "the store belongs to another user", arrange=of_another)
        yield Run(operation, "the store is a file", arrange=a_file)


def _links(_tools):
    def link_store(world):
        real = world.store + ".real"
        if os.path.exists(world.store):
            os.rename(world.store, real)
        os.makedirs(real, mode=0o700, exist_ok=True)
        os.symlink(real, world.store)

    def link_entries(world):
        for name in os.listdir(world.store) if os.path.isdir(world.store) else []:
            path = os.path.join(world.store, name)
            os.rename(path, os.path.join(world.home, name))
            os.symlink(os.path.join(world.home, name), path)

    def victim(world, planted):
        path = os.path.join(world.home, "victim")
        with open(path, "w") as stream:
            stream.write("untouched")
        os.symlink(path, planted)

    for operation in ("hit", "miss"):
        yield Run(operation, "the store is a link", arrange=link_store)
        yield Run(operation, "entries are links", arrange=link_entries)
    yield Run("install", "the kubeconfig is locked by a link",
              arrange=lambda world: victim(world, world.kubeconfig + ".lock"))
    yield Run("install", "a link where a temporary file could be",
              arrange=lambda world: victim(world, world.kubeconfig + ".tmp"))


def _clock(tools):
    for operation in OPERATIONS:
        for jump in ("-400d", "-2h", "-20m", "+20m", "+50m", "+59m", "+2h", "+400d", "+20y"):
            yield Run(operation, f"the clock is at {jump}", env={"LD_PRELOAD": tools.faketime, "FAKETIME": jump})
        # During the run: each second is an hour, and the other way round.
        for factor in ("x3600", "x0.2"):
            yield Run(operation, f"the clock runs at {factor}",
                      env={"LD_PRELOAD": tools.faketime, "FAKETIME": "+0 " + factor})


def _reader_gone(_tools):
    for operation in OPERATIONS:
        yield Run(operation, "nobody reads stdout", signalled=signal.SIGPIPE, reader_gone=True)


def _short(tools):
    for operation in OPERATIONS:
        yield Run(operation, "each write takes 7 bytes", env={"LD_PRELOAD": tools.short_writes})


FAULTS = [
    ("any call fails: EIO", lambda tools: _inject(tools, "error=EIO")),
    ("disk full: ENOSPC", lambda tools: _inject(tools, "error=ENOSPC", CHANGING)),
    ("interrupted: EINTR", lambda tools: _inject(tools, "error=EINTR", WAITING)),
    ("no descriptors: EMFILE", lambda tools: _inject(tools, "error=EMFILE", "openat socket socketpair pipe2 eventfd2")),
    ("no memory: ENOMEM", lambda tools: _inject(tools, "error=ENOMEM", "mmap brk mprotect openat")),
    ("killed at any call", lambda tools: _inject(tools, "signal=KILL", signalled=signal.SIGKILL)),
    ("ended at any call: TERM", lambda tools: _inject(tools, "signal=TERM", signalled=signal.SIGTERM)),
    ("short writes", _short),
    ("files cut off", _file_limits),
    ("memory limit", _memory),
    ("closed stdin, stdout, stderr", _closed),
    ("SIGPIPE", _reader_gone),
    ("HOME unset", _no_home),
    ("hostile store folder", _hostile_store),
    ("links planted", _links),
    ("clock jumps", _clock),
]

#!/usr/bin/env python3
"""Fails when a source outside credential_provider/platform names what only one system has.

Its headers say which system call or file keeps each contract, and linux/ and darwin/ use it; no other file of the two
programs does, not even in a comment. Tests may. Ends with "N passed, N failed".
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PLATFORM = ROOT / "credential_provider/platform"
LINUX = [
    r"keyctl", r"add_key", r"request_key", r"KEY_SPEC_\w+", r"/proc\b", r"/dev/shm", r"/run/systemd", r"boot_id",
    r"statx", r"f?statfs", r"STATX_\w+", r"getauxval", r"prctl", r"PR_[SG]ET_\w+", r"memfd\w*", r"close_range",
    r"SYS_\w+", r"syscall", r"pidfd\w*", r"inotify\w*", r"signalfd\w*", r"eventfd", r"timerfd\w*", r"epoll\w*",
    r"pipe2", r"dup3", r"accept4", r"getrandom\(", r"unshare", r"setns", r"CLONE_\w+", r"renameat2", r"RENAME_\w+",
    r"O_PATH", r"O_TMPFILE", r"O_NOATIME", r"CLOCK_BOOTTIME", r"explicit_bzero", r"program_invocation\w*",
    r"environ\b", r"f?(?:get|set|remove|list)xattr", r"st_[amc]tim\b", r"SI_KERNEL", r"<linux/", r"__linux__",
]
DARWIN = [
    r"sysctl\w*", r"KERN_\w+", r"kinfo_proc", r"kqueue", r"kevent", r"confstr", r"_CS_\w+", r"_NSGet\w+",
    r"mach-o", r"libproc", r"proc_pid\w+", r"memset_s", r"arc4random\w*", r"st_\w+timespec", r"renamex\w*",
    r"f?copyfile", r"O_SEARCH", r"__APPLE__",
]
NAMES = re.compile(r"(?<![\w-])(?:" + "|".join(LINUX + DARWIN) + r")(?!\w)")


def findings(path):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        for name in NAMES.findall(line):
            yield f"{path.relative_to(ROOT)}:{number}: names {name.strip()}, which only platform/ may"


def sources():
    for folder in ["credential_provider", "kubeconfig_writer"]:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".cc", ".h") and PLATFORM not in path.parents:
                yield path


def unkept():
    """Files that one system has and the other has not, but for what needs none of the system."""
    names = {system: {path.name for path in (PLATFORM / system).glob("*.cc")} for system in ("linux", "darwin")}
    for header in sorted(PLATFORM.glob("*.h")):
        for system, files in names.items():
            if header.stem + ".cc" not in files:
                yield f"{header.relative_to(ROOT)}: nothing in {system}/ keeps it"


def main():
    checked = list(sources())
    failed = 0
    for path in checked:
        found = list(findings(path))
        failed += bool(found)
        print(*found, sep="\n", end="\n" if found else "")
    broken = list(unkept())
    print(*broken, sep="\n", end="\n" if broken else "")
    failed += len(broken)
    print(f"{len(checked) + len(list(PLATFORM.glob('*.h'))) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

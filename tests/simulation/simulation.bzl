"""The simulator, linked with the product's object files: as they are, and with one rule taken out of one of them."""

load(":rules.bzl", "RULES")

# The seams: what of libc the simulated kernel answers; see system_calls.cc.
SYSTEM_CALLS = [
    "access",
    "alarm",
    "clock_gettime",
    "close",
    "closedir",
    "fdopendir",
    "flock",
    "fork",
    "fstat",
    "fstatat",
    "fstatfs",
    "ftruncate",
    "futimens",
    "getentropy",
    "getpid",
    "getppid",
    "isatty",
    "lstat",
    "mkdir",
    "nanosleep",
    "open",
    "openat",
    "prctl",
    "pread",
    "pwrite",
    "read",
    "readdir",
    "renameat",
    "setsid",
    "stat",
    "statfs",
    "syscall",
    "uname",
    "unlinkat",
    "write",
]

def simulation_binary(name, srcs = [], tags = []):
    native.cc_binary(
        name = name,
        srcs = srcs,
        copts = ["-Wno-error"],
        linkopts = ["-Wl,--wrap=" + call for call in SYSTEM_CALLS],
        tags = tags,
        # A source here is linked before the libraries, and instead of the object file in them that defines the same.
        deps = [
            ":simulator",
            "//credential_provider/answer",
            "//credential_provider/runs",
            "//credential_provider/store",
            "//third_party:absl",
        ],
    )

def _quoted(text):
    return "'" + text.replace("'", "'\\''").replace("$", "$$") + "'"

def rules_taken_out():
    for name, (source, old, new) in RULES.items():
        native.genrule(
            name = name + "_source",
            srcs = [source],
            outs = [name + ".cc"],
            cmd = "$(location take_out.sh) $< %s %s > $@" % (_quoted(old), _quoted(new)),
            tools = ["take_out.sh"],
            tags = ["manual"],
        )
        simulation_binary("without_" + name, srcs = [name + ".cc"], tags = ["manual"])

"""Registers the zig that tests/setup.sh unpacked as the C++ toolchain of each target."""

# The processor as Bazel calls it, and the target as zig does. musl is linked in, so that the programs run on every
# Linux, whatever libc that has.
TARGETS = {
    "x86_64": "x86_64-linux-musl",
    "aarch64": "aarch64-linux-musl",
}

# The same for macOS, by the name of the platform; the number is the oldest macOS that the programs start on. Its libc is
# shared on every Mac, and zig has the headers and the names in it, but nothing of Apple's frameworks.
MACOS_TARGETS = {
    "aarch64": "aarch64-macos.11.0",
    "x86_64": "x86_64-macos.11.0",
}

def _version_of_libcxx(ctx, home):
    """"22.1.8" of the number 220108."""
    number = int(ctx.read(home + "/lib/libcxx/include/__config").split("define _LIBCPP_VERSION ")[1].split("\n")[0])
    return "%d.%d.%d" % (number // 10000, number // 100 % 100, number % 100)

def _parts(ctx, home):
    """What the compiler links into each program, for the SBOM, with the licences."""
    parts = {
        "libc++": {"version": _version_of_libcxx(ctx, home), "licence": "Apache-2.0 WITH LLVM-exception"},
        "musl": {"version": ctx.read(home + "/lib/libc/musl/src/internal/version.h").split("\"")[1], "licence": "MIT"},
        "zig-compiler-rt": {"version": ctx.execute([home + "/zig", "version"]).stdout.strip(), "licence": "MIT"},
    }
    ctx.file("parts.json", json.encode(parts))
    for name, file in {"libc++": "lib/libcxx/LICENSE.TXT", "musl": "lib/libc/musl/COPYRIGHT", "zig": "LICENSE"}.items():
        ctx.symlink(home + "/" + file, "licences/" + name)

def _zig_impl(ctx):
    home = ctx.os.environ.get("ZIG_HOME")
    if not home or not ctx.path(home + "/zig").exists:
        fail("no compiler: run `. tests/setup.sh` first, which gets zig and writes its place to .bazelrc.machine")
    folders = dict(TARGETS.items() + [(cpu + "_macos", target) for cpu, target in MACOS_TARGETS.items()])
    for folder, target in folders.items():
        for tool in ["cc", "ar"]:
            ctx.template(
                "%s/%s" % (folder, tool),
                Label("//third_party/zig:cc.sh"),
                {"%{home}": home, "%{target}": target},
            )
    ctx.template("BUILD.bazel", Label("//third_party/zig:toolchains.BUILD"), {"%{home}": home})
    _parts(ctx, home)

zig = repository_rule(
    implementation = _zig_impl,
    environ = ["ZIG_HOME"],
    local = True,
    doc = "Repository with a toolchain for each of TARGETS and MACOS_TARGETS.",
)

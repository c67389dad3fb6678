"""Registers the zig that tests/setup.sh unpacked as the C++ toolchain of each target."""

# The processor as Bazel calls it, and the target as zig does. musl is linked in, so that the programs run on every
# Linux, whatever libc that has.
TARGETS = {
    "x86_64": "x86_64-linux-musl",
    "aarch64": "aarch64-linux-musl",
}

def _zig_impl(ctx):
    home = ctx.os.environ.get("ZIG_HOME")
    if not home or not ctx.path(home + "/zig").exists:
        fail("no compiler: run `. tests/setup.sh` first, which gets zig and writes its place to .bazelrc.machine")
    for cpu, target in TARGETS.items():
        for tool in ["cc", "ar"]:
            ctx.template(
                "%s/%s" % (cpu, tool),
                Label("//third_party/zig:cc.sh"),
                {"%{home}": home, "%{target}": target},
            )
    ctx.template("BUILD.bazel", Label("//third_party/zig:toolchains.BUILD"), {"%{home}": home})

zig = repository_rule(
    implementation = _zig_impl,
    environ = ["ZIG_HOME"],
    local = True,
    doc = "Repository with a toolchain for each of TARGETS.",
)

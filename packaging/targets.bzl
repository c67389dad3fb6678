"""What a release is made for: a line more here is another tarball, and a `deb` or `rpm` in it (the architecture, as those
call it) another package."""

TARGETS = {
    "linux-amd64": struct(platform = "//third_party/zig:x86_64_linux", deb = "amd64", rpm = "x86_64"),
    "linux-arm64": struct(platform = "//third_party/zig:aarch64_linux", deb = "arm64", rpm = "aarch64"),
    "darwin-amd64": struct(platform = "//third_party/zig:x86_64_macos"),
    "darwin-arm64": struct(platform = "//third_party/zig:aarch64_macos"),
}

# Whose programs can be run where a release is made: they print the manual pages and what completes their commands.
HOST = "linux-amd64"

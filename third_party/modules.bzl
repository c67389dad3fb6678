"""What WORKSPACE defines, for a Bazel that reads MODULE.bazel."""

load("//third_party:sources.bzl", "sources")
load("//third_party/zig:zig.bzl", "zig")

def _repositories_impl(_):
    sources()
    zig(name = "zig")

repositories = module_extension(implementation = _repositories_impl)

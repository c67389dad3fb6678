"""The files of a release."""

load("//third_party:sources.bzl", "SOURCES")
load(":programs.bzl", "programs")
load(":targets.bzl", "HOST", "TARGETS")
load(":version.bzl", "ADDRESS", "PACKAGES", "RELEASED", "VERSION")

# Not in `bazel build //...`: each target is a build of everything.
_TAGS = ["manual"]

_LICENCES = ["@%s//:%s" % (name, source.licence_file) for name, source in SOURCES.items() if source.licence] + ["@zig//:licences"]

# README, and what it leads to.
_PAPERS = ["//:papers", "CHANGELOG.md", "//docs:pages"]

def _rule(name, out, srcs, cmd, tools):
    native.genrule(
        name = name,
        srcs = srcs,
        outs = [out],
        cmd = "export VERSION=%s RELEASED=%s ADDRESS=%s; %s" % (VERSION, RELEASED, ADDRESS, cmd),
        message = "Packing",
        tags = _TAGS,
        tools = tools,
    )

def _shared():
    """What is the same for all targets."""
    _rule(
        name = "pages",
        out = "pages.tar",
        srcs = [HOST + ".programs"],
        cmd = "$(location pages.sh) $@ $(locations %s.programs)" % HOST,
        tools = ["pages.sh"],
    )
    _rule(
        name = "versions",
        out = "versions.txt",
        srcs = [HOST + ".programs"],
        cmd = "set -- $(locations %s.programs); $$1 version >$@" % HOST,
        tools = [],
    )
    _rule(
        name = "licences",
        out = "licences.txt",
        srcs = ["//:LICENSE"] + _LICENCES,
        cmd = "$(location licences.sh) %s >$@" % " ".join(["$(locations %s)" % label for label in _LICENCES]),
        tools = ["licences.sh"],
    )
    _rule(
        name = "papers",
        out = "papers.tar",
        srcs = _PAPERS,
        cmd = "PACKAGES=%s $(location papers.py) $@ %s" % (PACKAGES, " ".join(["$(locations %s)" % label for label in _PAPERS])),
        tools = ["papers.py"],
    )

def _packages(target):
    """Returns how each package of `target` is called, by its format."""
    files = {
        "tarball": "credential_provider-%s-%s.tar.gz" % (VERSION, target),
        "krew": "kubectl-ack-%s-%s.tar.gz" % (VERSION, target),
    }
    deb = getattr(TARGETS[target], "deb", None)
    if deb:
        files["deb"] = "credential-provider_%s_%s.deb" % (VERSION, deb)
    rpm = getattr(TARGETS[target], "rpm", None)
    if rpm:
        files["rpm"] = "credential-provider-%s-1.%s.rpm" % (VERSION, rpm)
    return files

def _of_target(target):
    """Defines what is made for `target`; returns its files."""
    built = target + ".programs"
    programs(name = built, platform = TARGETS[target].platform, tags = _TAGS)
    sbom = "credential_provider-%s-%s.spdx.json" % (VERSION, target)
    _rule(
        name = target + ".sbom",
        out = sbom,
        srcs = [built, "parts", "@zig//:parts", "versions.txt"],
        cmd = "$(location sbom.py) %s $(location versions.txt) $(location parts) $(location @zig//:parts) $(locations %s) >$@" % (target, built),
        tools = ["sbom.py"],
    )
    files = _packages(target)
    for format, file in files.items():
        _rule(
            name = target + "." + format,
            out = file,
            srcs = [built, sbom, "pages.tar", "licences.txt", "papers.tar"],
            cmd = " ".join([
                "SBOM=$(location %s) PAGES=$(location pages.tar) LICENCES=$(location licences.txt)" % sbom,
                "PAPERS=$(location papers.tar)",
                "ARCHITECTURE=%s" % getattr(TARGETS[target], format, target),
                "$(location pack.sh) %s $@ $(locations %s)" % (format, built),
            ]),
            tools = ["pack.sh"],
        )
    native.filegroup(name = target, srcs = [sbom] + files.values(), tags = _TAGS)
    return [sbom] + files.values()

def dist(name):
    """Defines the files of a release, and SHA256SUMS of them."""
    _shared()
    files = []
    for target in TARGETS:
        files += _of_target(target)
    _rule(
        name = "sums",
        out = "SHA256SUMS",
        srcs = files,
        cmd = "(cd $$(dirname $(location %s)) && sha256sum %s) >$@" % (files[0], " ".join(sorted(files))),
        tools = [],
    )
    native.filegroup(name = name, srcs = files + ["SHA256SUMS"], tags = _TAGS)

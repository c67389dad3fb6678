"""What is linked into the programs, for the SBOM."""

load("//third_party:sources.bzl", "SOURCES")

def _parts_impl(ctx):
    parts = {
        name: {"version": source.version, "url": source.url, "sha256": source.sha256, "licence": source.licence}
        for name, source in SOURCES.items()
        if source.licence
    }
    file = ctx.actions.declare_file(ctx.label.name + ".json")
    ctx.actions.write(file, json.encode(parts))
    return [DefaultInfo(files = depset([file]))]

parts = rule(implementation = _parts_impl)

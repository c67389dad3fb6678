"""Both programs, made for one target."""

def _to_platform_impl(_settings, attr):
    return {"//command_line_option:platforms": attr.platform}

_to_platform = transition(
    implementation = _to_platform_impl,
    inputs = [],
    outputs = ["//command_line_option:platforms"],
)

def _programs_impl(ctx):
    return [DefaultInfo(files = depset(ctx.files._programs))]

programs = rule(
    implementation = _programs_impl,
    attrs = {
        "platform": attr.string(mandatory = True),
        "_allowlist_function_transition": attr.label(
            default = "@bazel_tools//tools/allowlists/function_transition_allowlist",
        ),
        "_programs": attr.label_list(
            cfg = _to_platform,
            default = ["//credential_provider", "//kubeconfig_writer"],
        ),
    },
)

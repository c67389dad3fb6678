"""OpenSSL, by its own Configure and make, with the compiler that makes everything else."""

load("@bazel_tools//tools/build_defs/cc:action_names.bzl", "ACTION_NAMES")
load("@bazel_tools//tools/cpp:toolchain_utils.bzl", "find_cpp_toolchain")

# What is left: TLS 1.2 and 1.3 with the key exchanges that Go knows too, and the keys, digests and ciphers that they
# and unencrypted PEM files have. Nothing is loaded from files at run time, neither code nor settings. Errors have
# numbers and no texts: those that libcurl makes of them are not shown.
LEFT_OUT = [
    "afalgeng",
    "apps",
    "argon2",
    "aria",
    "async",
    "atexit",
    "autoload-config",
    "bf",
    "blake2",
    "camellia",
    "cast",
    "cmac",
    "cmp",
    "cms",
    "comp",
    "ct",
    "des",
    "dgram",
    "dh",
    "docs",
    "dsa",
    "dso",
    "dtls",
    "ec2m",
    "engine",
    "err",
    "filenames",
    "gost",
    "http",
    "idea",
    "legacy",
    "makedepend",
    "md4",
    "mdc2",
    "ml-dsa",
    "module",
    "multiblock",
    "nextprotoneg",
    "ocb",
    "ocsp",
    "psk",
    "quic",
    "rc2",
    "rc4",
    "rfc3779",
    "rmd160",
    "scrypt",
    "secure-memory",
    "seed",
    "shared",
    "siphash",
    "siv",
    "slh-dsa",
    "sm2",
    "sm3",
    "sm4",
    "srp",
    "srtp",
    "ssl-trace",
    "ssl3",
    "tests",
    "thread-pool",
    "tls-deprecated-ec",
    "ts",
    "ui-console",
    "whirlpool",
]

# By the processor, as Bazel's toolchains call it.
CONFIGURATIONS = {
    "aarch64": "linux-aarch64",
    "darwin_aarch64": "darwin64-arm64",
    "darwin_x86_64": "darwin64-x86_64",
    "k8": "linux-x86_64",
    "x86_64": "linux-x86_64",
}

def _tool(features, action):
    return cc_common.get_tool_for_action(feature_configuration = features, action_name = action)

def _compile_flags(toolchain, features):
    flags = cc_common.get_memory_inefficient_command_line(
        feature_configuration = features,
        action_name = ACTION_NAMES.c_compile,
        variables = cc_common.create_compile_variables(
            feature_configuration = features,
            cc_toolchain = toolchain,
            use_pic = True,
        ),
    )
    return " ".join([flag for flag in flags if not flag.startswith("-D__")])

def _static_library(ctx, toolchain, features, archive):
    return cc_common.create_library_to_link(
        actions = ctx.actions,
        feature_configuration = features,
        cc_toolchain = toolchain,
        pic_static_library = archive,
    )

def _openssl_impl(ctx):
    toolchain = find_cpp_toolchain(ctx)
    features = cc_common.configure_features(ctx = ctx, cc_toolchain = toolchain)
    archives = [ctx.actions.declare_file(name) for name in ["libssl.a", "libcrypto.a"]]
    include = ctx.actions.declare_directory("include")
    ctx.actions.run(
        executable = ctx.file._build,
        arguments = [ctx.file.configure.dirname, include.dirname, CONFIGURATIONS[toolchain.cpu]] +
                    ["no-" + name for name in LEFT_OUT],
        inputs = depset(ctx.files.srcs + [ctx.file.configure, ctx.file._first], transitive = [toolchain.all_files]),
        outputs = archives + [include],
        env = {
            "AR": _tool(features, ACTION_NAMES.cpp_link_static_library),
            "CC": _tool(features, ACTION_NAMES.c_compile),
            "CFLAGS": _compile_flags(toolchain, features),
            "FIRST": ctx.file._first.path,
            "PATH": "/usr/bin:/bin",
        },
        mnemonic = "OpenSsl",
        progress_message = "Making OpenSSL, which takes minutes",
    )
    link = cc_common.create_linker_input(
        owner = ctx.label,
        libraries = depset([_static_library(ctx, toolchain, features, archive) for archive in archives], order = "topological"),
    )
    return [
        DefaultInfo(files = depset(archives)),
        CcInfo(
            compilation_context = cc_common.create_compilation_context(
                headers = depset([include]),
                system_includes = depset([include.path]),
            ),
            linking_context = cc_common.create_linking_context(linker_inputs = depset([link])),
        ),
    ]

openssl = rule(
    implementation = _openssl_impl,
    attrs = {
        "configure": attr.label(allow_single_file = True, mandatory = True),
        "srcs": attr.label_list(allow_files = True),
        "_build": attr.label(default = "//third_party/openssl:build.sh", allow_single_file = True),
        "_first": attr.label(default = "//third_party:deferred.h", allow_single_file = True),
        "_cc_toolchain": attr.label(default = "@bazel_tools//tools/cpp:current_cc_toolchain"),
    },
    fragments = ["cpp"],
    provides = [CcInfo],
    toolchains = ["@bazel_tools//tools/cpp:toolchain_type"],
)

"""A header with the commit that is built."""

def _commit_impl(ctx):
    header = ctx.actions.declare_file("commit.h")
    ctx.actions.run_shell(
        inputs = [ctx.info_file] if ctx.attr.known else [],
        outputs = [header],
        arguments = [header.path] + ([ctx.info_file.path] if ctx.attr.known else ["/dev/null"]),
        command = """
            commit=$(sed -n 's/^STABLE_COMMIT //p' "$2")
            printf 'inline constexpr char kCommit[] = "%s";  // "" where it is not known\\n' "$commit" >"$1"
        """,
        mnemonic = "Commit",
    )
    return [DefaultInfo(files = depset([header]))]

commit = rule(
    implementation = _commit_impl,
    attrs = {"known": attr.bool(doc = "Whether the build was asked to say so, by --stamp.")},
)

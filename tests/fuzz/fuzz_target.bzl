"""A fuzz target: one file with LLVMFuzzerTestOneInput, built in two ways."""

def fuzz_target(name, deps):
    """Defines the fuzzer `name`, of name_fuzz.cc, and a test over what is known.

    Args:
      name: of the target; its seeds, and what once broke it, are in testdata/fuzz/<name>.
      deps: what it calls.
    """
    srcs = [name + "_fuzz.cc"]

    # Needs clang's libFuzzer: `bazel build --config=fuzz`, as tests/fuzz.sh does. Not part of //... .
    native.cc_binary(
        name = name,
        testonly = True,
        srcs = srcs,
        linkopts = ["-fsanitize=fuzzer"],
        tags = ["manual"],
        deps = deps,
    )

    # Runs everywhere, with whatever compiler and sanitizer the other tests are built with.
    native.cc_test(
        name = name + "_corpus_test",
        srcs = srcs,
        args = [name],
        data = ["//testdata:fuzz"],
        deps = deps + [":corpus_test"],
    )

"""The libraries that are linked into the programs, and those of the tests, as their authors publish them."""

load("@bazel_tools//tools/build_defs/repo:http.bzl", "http_archive", "http_file")

# Bazel looks for `file` in its --distdir first, by name and sum, and asks `url` where it is not there. tests/setup.sh
# fills that folder from Debian's source packages (tests/sources.sh) and needs no other network. `licence` (SPDX) is None
# for what is in no program.
SOURCES = {
    "absl": struct(
        version = "20260526.0",
        url = "https://github.com/abseil/abseil-cpp/releases/download/20260526.0/abseil-cpp-20260526.0.tar.gz",
        sha256 = "6e1aee535473414164bf83e4ebc40240dec71a4701f8a642d906e95bea1aea0c",
        prefix = "abseil-cpp-20260526.0",
        licence = "Apache-2.0",
        licence_file = "LICENSE",
    ),
    "curl": struct(
        version = "8.21.0",
        url = "https://curl.se/download/curl-8.21.0.tar.gz",
        sha256 = "d9b327997999045a24cda50f3983e69e51c516bd8be6ef9842fc7f99135e33bb",
        prefix = "curl-8.21.0",
        licence = "curl",
        licence_file = "COPYING",
    ),
    "googletest": struct(
        version = "1.18.0",
        url = "https://github.com/google/googletest/releases/download/v1.18.0/googletest-1.18.0.tar.gz",
        sha256 = "b9cf3c3d06dbae3eeca671e2a3ea33f3749e23eaa1389cd92c9d0a575e146128",
        prefix = "googletest-1.18.0",
        licence = None,
    ),
    "libyaml": struct(
        version = "0.2.5",
        url = "https://github.com/yaml/libyaml/archive/0.2.5.tar.gz",
        sha256 = "fa240dbf262be053f3898006d502d514936c818e422afdcf33921c63bed9bf2e",
        prefix = "libyaml-0.2.5",
        licence = "MIT",
        licence_file = "License",
    ),
    "nlohmann_json": struct(
        version = "3.11.3",
        url = "https://github.com/nlohmann/json/archive/v3.11.3.tar.gz",
        sha256 = "0d8ef5af7f9794e3263480193c491549b2ba6cc74bb018906202ada498a79406",
        prefix = "json-3.11.3",
        licence = "MIT",
        licence_file = "LICENSE.MIT",
    ),
    "openssl": struct(
        version = "3.5.7",
        url = "https://github.com/openssl/openssl/releases/download/openssl-3.5.7/openssl-3.5.7.tar.gz",
        sha256 = "a8c0d28a529ca480f9f36cf5792e2cd21984552a3c8e4aa11a24aa31aeac98e8",
        prefix = "openssl-3.5.7",
        licence = "Apache-2.0",
        licence_file = "LICENSE.txt",
    ),
}

# A header, of the tests alone.
HTTPLIB = struct(
    version = "0.18.7",
    url = "https://raw.githubusercontent.com/yhirose/cpp-httplib/v0.18.7/httplib.h",
    sha256 = "4770f8ea3d3fcd27b0b713c783d9b53bce3baddbd5adad13714011df96142526",
)

def sources():
    """Defines a repository for each library, with the BUILD file of third_party/<name>.BUILD."""
    for name, source in SOURCES.items():
        http_archive(
            name = name,
            build_file = "@credential_provider//third_party:%s.BUILD" % name,
            # Their own would end ours at the first folder.
            patch_cmds = ["find . -mindepth 2 -name BUILD.bazel -delete"],
            sha256 = source.sha256,
            strip_prefix = source.prefix,
            urls = [source.url],
        )
    http_file(
        name = "httplib",
        downloaded_file_path = "httplib.h",
        sha256 = HTTPLIB.sha256,
        urls = [HTTPLIB.url],
    )

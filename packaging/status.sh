#!/bin/sh
# For `bazel build --stamp`: the commit that the programs are built from, where git knows it and nothing was changed.
commit=$(git rev-parse HEAD 2>/dev/null) && [ -z "$(git status --porcelain 2>/dev/null)" ] && echo "STABLE_COMMIT $commit"
exit 0

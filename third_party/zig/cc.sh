#!/bin/sh
# The compiler, linker and archiver of one target, under the names by which Bazel and make call them.
home=%{home}

# zig compiles the C and C++ libraries of a target when it first links for it, and keeps them.
ZIG_GLOBAL_CACHE_DIR=$home/cache
ZIG_LOCAL_CACHE_DIR=$ZIG_GLOBAL_CACHE_DIR
export ZIG_GLOBAL_CACHE_DIR ZIG_LOCAL_CACHE_DIR

case $0 in *ar) exec "$home/zig" ar "$@" ;; esac

language=c++
for argument; do
  case $argument in *.c | *.s | *.S) language=cc ;; esac
done
exec "$home/zig" $language -target %{target} "$@"

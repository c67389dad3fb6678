#!/usr/bin/env bash
# build.sh SOURCE OUTPUT CONFIGURATION OPTION... : libssl.a, libcrypto.a and include/ in the folder OUTPUT. The compiler is
# $CC with $CFLAGS, the archiver $AR, and $FIRST a header to include before each file. What is made tells neither
# where nor when, nor where the compiler is.
set -euo pipefail

source=$1 output=$2
shift 2
root=$PWD

absolute() { case $1 in /*) echo "$1" ;; *) echo "$root/$1" ;; esac; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin"
# The flags are here because OpenSSL writes those of its Makefile into the library. To `cc -v` there is no answer, so
# that the scripts that write assembler leave AVX out: it would be a megabyte for what a program does once an hour.
cat >"$work/bin/cc" <<END
#!/bin/sh
case " \$* " in *" -v "* | *" -Wa,-v "*) exit 0 ;; esac
for last; do :; done
case \$last in *.c) set -- -include "$root/$FIRST" "\$@" ;; esac
exec "$(absolute "$CC")" $CFLAGS -g0 -fno-asynchronous-unwind-tables -fno-unwind-tables "\$@"
END
printf '#!/bin/sh\nexec "%s" "$@"\n' "$(absolute "$AR")" >"$work/bin/ar"
chmod +x "$work/bin"/*
export PATH=$work/bin:$PATH SOURCE_DATE_EPOCH=0 LC_ALL=C
unset CC AR

cd "$work"
perl "$root/$source/Configure" "$@" CC=cc AR=ar RANLIB=true CFLAGS=-Os \
  --prefix=/usr --libdir=lib --openssldir=/etc/ssl >configure.log || { cat configure.log >&2; exit 1; }
make -s -j"$(nproc)" build_generated libssl.a libcrypto.a >make.log 2>&1 || { tail -n 40 make.log >&2; exit 1; }
cp libssl.a libcrypto.a "$root/$output"

mkdir -p "$root/$output/include/openssl"
cp "$root/$source"/include/openssl/*.h include/openssl/*.h "$root/$output/include/openssl"

"""The release: what `version` prints, the man pages say and the packages are called."""

VERSION = "0.1.0"
RELEASED = "2026-11-24"  # the date of every file in the packages

#!/usr/bin/env python3
"""usage: forbid_keyring.py PROGRAM ARGUMENT...    runs a program to which the kernel's keyrings answer EPERM, as in most containers

The numbers are those of x86-64."""
import ctypes
import os
import struct
import sys

PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, SECCOMP_MODE_FILTER = 22, 38, 2
LOAD_NUMBER, JUMP_IF_EQUAL, RETURN = 0x20, 0x15, 0x06
ALLOW, ERRNO_EPERM = 0x7FFF0000, 0x00050001
ADD_KEY, REQUEST_KEY, KEYCTL = 248, 249, 250

FILTER = [(LOAD_NUMBER, 0, 0, 0), (JUMP_IF_EQUAL, 2, 0, ADD_KEY), (JUMP_IF_EQUAL, 1, 0, REQUEST_KEY),
          (JUMP_IF_EQUAL, 0, 1, KEYCTL), (RETURN, 0, 0, ERRNO_EPERM), (RETURN, 0, 0, ALLOW)]

libc = ctypes.CDLL(None, use_errno=True)
code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in FILTER))
program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(FILTER), ctypes.addressof(code)))
if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, program, 0, 0):
    sys.exit("no filter: " + os.strerror(ctypes.get_errno()))
os.execvp(sys.argv[1], sys.argv[1:])

"""Which system calls a kernel may make: an allow-list, so that calls yet to be invented are not.

What is not listed fails with ENOSYS, the answer of a system that does not have the call, for which
libraries have a second way. Namespaces, mounts, tracing, keys, modules, clocks, BPF and io_uring
are not listed. Nor is what would be memory that no limit counts, memfd_create and shared mappings
of no file, nor what others than the box would notice: leases on files, and watches, of which a user
has a few only.
"""

from __future__ import annotations

import errno
import fcntl
import functools
import mmap
import socket
import tempfile

import pyseccomp

from glovebox.sandbox import linux

_FILES = """
    access chdir chmod chown close close_range copy_file_range creat dup dup2 dup3 faccessat
    faccessat2 fadvise64 fallocate fchdir fchmod fchmodat fchmodat2 fchown fchownat fdatasync
    fgetxattr flistxattr flock fsetxattr fstat fstatfs fsync ftruncate futimesat getcwd getdents
    getdents64 getxattr ioctl lchown lgetxattr link linkat listxattr llistxattr lseek lstat mkdir
    mkdirat mknod mknodat newfstatat open openat openat2 pipe pipe2 pread64 preadv preadv2 pwrite64
    pwritev pwritev2 read readahead readlink readlinkat readv rename renameat renameat2 rmdir
    sendfile splice stat statfs statx symlink symlinkat sync sync_file_range syncfs tee truncate
    umask unlink unlinkat utime utimensat utimes write writev
"""
_MEMORY = """
    brk get_mempolicy madvise membarrier mincore mlock mlock2 mlockall mprotect mremap msync
    munlock munlockall munmap pkey_alloc pkey_free pkey_mprotect rseq
"""
_PROCESSES = """
    arch_prctl capget execve execveat exit exit_group fork get_robust_list getcpu getegid geteuid
    getgid getgroups getpgid getpgrp getpid getppid getpriority getresgid getresuid getrlimit
    getrusage getsid gettid getuid kill pause pidfd_open pidfd_send_signal prctl prlimit64
    restart_syscall rt_sigaction rt_sigpending rt_sigprocmask rt_sigqueueinfo rt_sigreturn
    rt_sigsuspend rt_sigtimedwait rt_tgsigqueueinfo sched_get_priority_max sched_get_priority_min
    sched_getaffinity sched_getattr sched_getparam sched_getscheduler sched_rr_get_interval
    sched_setaffinity sched_setattr sched_setparam sched_setscheduler sched_yield set_robust_list
    set_tid_address setpgid setpriority setrlimit
    setsid sigaltstack sysinfo tgkill times tkill uname vfork wait4 waitid
"""
_TIME = """
    alarm clock_getres clock_gettime clock_nanosleep getitimer gettimeofday nanosleep setitimer time
    timer_create timer_delete timer_getoverrun timer_gettime timer_settime timerfd_create
    timerfd_gettime timerfd_settime
"""
_WAITING = """
    epoll_create epoll_create1 epoll_ctl epoll_pwait epoll_pwait2 epoll_wait eventfd eventfd2 futex
    futex_waitv poll ppoll pselect6 select signalfd signalfd4
"""
_SOCKETS = """
    accept accept4 bind connect getpeername getsockname getsockopt listen recvfrom recvmmsg recvmsg
    sendmmsg sendmsg sendto shutdown socketpair
"""
_RANDOM = "getrandom"

_AF_UNIX = 1
_INT = 0xFFFF_FFFF
_SO_SNDBUFFORCE = 32
_OPTIONS = [number for number in range(1, 68) if number not in (socket.SO_SNDBUF, _SO_SNDBUFFORCE)]
"""Options of sockets that may be set; see socket(7) and asm-generic/socket.h."""
_F_GETPIPE_SZ, _F_ADD_SEALS, _F_GET_SEALS = 1032, 1033, 1034
_COMMANDS = [*range(39), fcntl.F_DUPFD_CLOEXEC, _F_GETPIPE_SZ, _F_ADD_SEALS, _F_GET_SEALS]
"""Commands that fcntl may be given, flags and locks among them; see asm-generic/fcntl.h."""
_NAMESPACES = (
    linux.CLONE_NEWNS
    | linux.CLONE_NEWCGROUP
    | linux.CLONE_NEWUTS
    | linux.CLONE_NEWIPC
    | linux.CLONE_NEWUSER
    | linux.CLONE_NEWPID
    | linux.CLONE_NEWNET
)


@functools.cache
def allowed() -> frozenset[str]:
    """Names of the calls that are allowed whatever their arguments are."""
    lists = (_FILES, _MEMORY, _PROCESSES, _TIME, _WAITING, _SOCKETS, _RANDOM)
    return frozenset(" ".join(lists).split())


def build_filter() -> bytes:
    """The filter as a program for seccomp(2), for the architecture of this machine.

    Raises:
        RuntimeError: libseccomp is missing (pyseccomp says so when it is imported).
    """
    nothing = pyseccomp.ERRNO(errno.ENOSYS)
    rules = pyseccomp.SyscallFilter(nothing)
    # Calls by the numbers of another architecture, too; by default they end the thread that calls.
    rules.set_attr(pyseccomp.Attr.ACT_BADARCH, nothing)
    here = pyseccomp.Arch.NATIVE
    for name in sorted(allowed()):
        # An architecture lacks the old calls that newer ones replace, and libseccomp the newest.
        if pyseccomp.resolve_syscall(here, name) >= 0:
            rules.add_rule(pyseccomp.ALLOW, name)
    # Threads and processes are made with clone(2); clone3 hides its flags from a filter.
    plain = pyseccomp.Arg(0, pyseccomp.MASKED_EQ, _NAMESPACES, 0)
    rules.add_rule(pyseccomp.ALLOW, "clone", plain)
    # A page of a shared mapping stays when no process has it in its tables any more. One of a file
    # is held by the limit of the files.
    for flag in (mmap.MAP_ANONYMOUS, mmap.MAP_SHARED):
        without = pyseccomp.Arg(3, pyseccomp.MASKED_EQ, flag, 0)
        rules.add_rule(pyseccomp.ALLOW, "mmap", without)
    for number in _COMMANDS:
        command = pyseccomp.Arg(1, pyseccomp.MASKED_EQ, _INT, number)
        rules.add_rule(pyseccomp.ALLOW, "fcntl", command)
    # libzmq gives up on any other error than this one where it looks for the internet.
    rules.add_rule(pyseccomp.ALLOW, "socket", pyseccomp.Arg(0, pyseccomp.EQ, _AF_UNIX))
    elsewhere = pyseccomp.Arg(0, pyseccomp.NE, _AF_UNIX)
    rules.add_rule(pyseccomp.ERRNO(errno.EOPNOTSUPP), "socket", elsewhere)
    # What sockets hold is memory of no process, so none may be made to hold more. An option is an
    # int, of which the system looks at 32 bits.
    level = pyseccomp.Arg(1, pyseccomp.MASKED_EQ, _INT, socket.SOL_SOCKET)
    for number in _OPTIONS:
        option = pyseccomp.Arg(2, pyseccomp.MASKED_EQ, _INT, number)
        rules.add_rule(pyseccomp.ALLOW, "setsockopt", level, option)
    with tempfile.TemporaryFile() as file:
        rules.export_bpf(file)
        file.seek(0)
        return file.read()

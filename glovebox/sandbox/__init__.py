"""The sealed box: kernels that start warm, each confined before any student code is in it.

Linux only. Data flows one way: :mod:`~glovebox.sandbox.client` (in a worker) asks
:mod:`~glovebox.sandbox.zygote` (a process that has imported much and run nothing) for a kernel; its
child confines itself with :mod:`~glovebox.sandbox.confine` and becomes one.
"""

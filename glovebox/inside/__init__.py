"""What runs inside the student's process: a kernel that also answers the gloves.

Nothing here is trusted by the grader: a student can change all of it at run time, and gains only
the power to choose what values come out.
"""

"""The instructor's report on a graded class: static pages, tables and JSON.

Values flow one way: what was graded is read (``reading``, ``marks``, ``answers``), counted and
compared (``spread``, ``oddities``, ``mistakes``, ``likeness``), put together (``build``) and
written (``pages``, ``exports``).
"""

"""The table is a list of lists."""

ASSIGNMENT = "data_size"

CELLS = {
    "sweep": """
def sweep(draw, judge, sizes, seeds):
    return [[judge(sample) for sample in draw(sizes, seed)] for seed in seeds]
""",
}

LOSES = {
    "test_table_has_a_row_for_each_draw",
}

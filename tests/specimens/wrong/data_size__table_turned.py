"""A row for each size and a column for each draw."""

ASSIGNMENT = "data_size"

CELLS = {
    "sweep": """
def sweep(draw, judge, sizes, seeds):
    return np.array([[judge(sample) for sample in draw(sizes, seed)] for seed in seeds]).T
""",
}

LOSES = {
    "test_table_has_a_row_for_each_draw",
    "test_tables_are_made_of_several_draws",
    "test_points_come_out_again",
}

"""An own cell after the exercises gives the validation reviews back to the pool."""

ASSIGNMENT = "data_size"

LOSES = {"test_tables_are_made_of_several_draws"}

EXTRA = [
    (
        "after",
        "story-samples",
        """
pool = np.arange(len(data))
""",
    )
]

"""A seeded grammar that writes film reviews in plain English, with a label and a rating each."""

from course.grammar.review import Review, generate_reviews

__all__ = ["Review", "generate_reviews"]

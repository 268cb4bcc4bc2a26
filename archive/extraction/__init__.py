"""What paragraphs say: names, figures, dates, quotes, statements and roles.

Each `find_x(text, ...) -> list[X]` is pure: no database, no clock, no state. `document.extract`
runs them over one document.
"""

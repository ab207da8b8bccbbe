"""How values look: HTML in which nothing is taken for markup, and aligned columns.

It knows nothing of places; what a value shows is said beside the value.
"""

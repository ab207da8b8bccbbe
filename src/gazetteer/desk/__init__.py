"""What a desk does with texts: look for names, check them, report on them.

`lint` says which names of a text the perspective would not have, `mentions` says where
names stand, `note` writes what a text's names follow, and `report` shows a text under
several perspectives as one HTML page.
"""

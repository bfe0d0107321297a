"""A synthetic catalogue of any size, for measuring and for trying out: nothing in it is real.

`data/` holds the words and the sentences, `words` inflects them, `texts` writes, `rows` draws the
facets, `writing` puts the rows in the database. The same seed gives the same catalogue, and a
small one is the beginning of a large one.
"""

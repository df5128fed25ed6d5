"""Story -> Statements: quotation marks, cues, speakers, and who "he" is."""

EXTRACTOR = 2
"""Which version of this package finds statements: raised with every release that finds others, so that libraries are
read anew. 1 is every version before it was kept which one had read a story."""

"""Story -> Statements: quotation marks, cues, speakers, and who "he" is."""

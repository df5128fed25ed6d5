"""Pages in the manner of many outlets, with what must come out of each: made by program from stories written for it."""

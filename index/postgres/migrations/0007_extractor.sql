-- Which version of the program read a story for statements (0: none), and why it failed where it did.

ALTER TABLE stories
    ALTER COLUMN attributed DROP DEFAULT,
    ALTER COLUMN attributed TYPE integer USING attributed::integer,
    ALTER COLUMN attributed SET DEFAULT 0,
    ADD COLUMN unfound text;

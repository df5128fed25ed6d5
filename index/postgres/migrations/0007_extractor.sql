-- Which version of the program read a story for statements (0: none), and why it failed where it did.

ALTER TABLE stories
    ALTER COLUMN attributed DROP DEFAULT,
    ALTER COLUMN attributed TYPE integer USING attributed::integer,
    ALTER COLUMN attributed SET DEFAULT 0,
    ADD COLUMN unfound text;

-- A statement's speaker is found by its id in the story: without this, each by going through all of that story's.
CREATE INDEX story_speakers_by_id ON story_speakers (owner, place, version, id);

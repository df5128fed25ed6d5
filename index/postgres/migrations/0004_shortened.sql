-- Whether the page that a story was read from has far more of it than its text.

ALTER TABLE stories ADD COLUMN shortened boolean NOT NULL DEFAULT false;

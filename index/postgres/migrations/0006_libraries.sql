-- The length of an owner's vectors was never written or read: each vector knows its own.

ALTER TABLE libraries DROP COLUMN dim;

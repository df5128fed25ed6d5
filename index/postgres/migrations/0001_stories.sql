-- Stories and what is derived from them, for any number of owners. Every key begins with the owner.
-- A story's place is its number among its owner's stories. A passage's position is place * 2^20 + its number in the
-- story, so that positions are in reading order and those beside a passage are the ones before and after it.

CREATE EXTENSION IF NOT EXISTS vector;

CREATE TABLE libraries (
    owner text COLLATE "C" PRIMARY KEY,
    generation bigint NOT NULL DEFAULT 0,
    embedder text,
    dim integer,
    stories bigint NOT NULL DEFAULT 0,
    passages bigint NOT NULL DEFAULT 0,
    words bigint NOT NULL DEFAULT 0
);

CREATE TABLE stories (
    owner text COLLATE "C" NOT NULL REFERENCES libraries ON DELETE CASCADE,
    place bigint NOT NULL,
    version integer NOT NULL,
    newest boolean NOT NULL,
    id text COLLATE "C" NOT NULL,
    text text NOT NULL,
    title text,
    source text,
    date text,
    author text,
    url text,
    dateline text,
    attributed boolean NOT NULL DEFAULT false,
    passages integer NOT NULL DEFAULT 0,
    words integer NOT NULL DEFAULT 0,
    PRIMARY KEY (owner, place, version)
);
CREATE INDEX stories_by_id ON stories (owner, id);

CREATE TABLE versions (
    owner text COLLATE "C" NOT NULL REFERENCES libraries ON DELETE CASCADE,
    id text COLLATE "C" NOT NULL,
    highest integer NOT NULL,
    PRIMARY KEY (owner, id)
);

CREATE TABLE passages (
    owner text COLLATE "C" NOT NULL REFERENCES libraries ON DELETE CASCADE,
    position bigint NOT NULL,
    span_start integer NOT NULL,
    span_end integer NOT NULL,
    paragraph integer NOT NULL,
    words integer NOT NULL,
    digest bytea NOT NULL,
    vector vector NOT NULL,
    PRIMARY KEY (owner, position)
);
CREATE INDEX passages_by_digest ON passages (owner, digest);

CREATE TABLE postings (
    owner text COLLATE "C" NOT NULL,
    term text COLLATE "C" NOT NULL,
    position bigint NOT NULL,
    times integer NOT NULL,
    words integer NOT NULL,
    PRIMARY KEY (owner, term, position) INCLUDE (times, words)
);
CREATE INDEX postings_by_position ON postings (owner, position);

CREATE TABLE statements (
    owner text COLLATE "C" NOT NULL REFERENCES libraries ON DELETE CASCADE,
    place bigint NOT NULL,
    version integer NOT NULL,
    number integer NOT NULL,
    span_start integer NOT NULL,
    span_end integer NOT NULL,
    kind text NOT NULL,
    speaker text,
    mention_start integer,
    mention_end integer,
    cue_start integer,
    cue_end integer,
    stance text,
    attribution integer NOT NULL,
    paragraph integer NOT NULL,
    relay text NOT NULL,
    addressee text,
    confidence double precision NOT NULL,
    PRIMARY KEY (owner, place, version, number)
);

CREATE TABLE story_speakers (
    owner text COLLATE "C" NOT NULL REFERENCES libraries ON DELETE CASCADE,
    place bigint NOT NULL,
    version integer NOT NULL,
    number integer NOT NULL,
    id text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    aliases text NOT NULL,
    roles text NOT NULL,
    handles text NOT NULL,
    person text,
    PRIMARY KEY (owner, place, version, number)
);

CREATE TABLE speakers (
    owner text COLLATE "C" NOT NULL REFERENCES libraries ON DELETE CASCADE,
    number integer NOT NULL,
    id text NOT NULL,
    name text NOT NULL,
    kind text NOT NULL,
    aliases text NOT NULL,
    roles text NOT NULL,
    handles text NOT NULL,
    PRIMARY KEY (owner, number)
);

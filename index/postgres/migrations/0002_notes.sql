-- What people tell a library beside its stories.

CREATE TABLE settings (
    owner text COLLATE "C" NOT NULL REFERENCES libraries ON DELETE CASCADE,
    name text COLLATE "C" NOT NULL,
    value text NOT NULL,
    PRIMARY KEY (owner, name)
);

CREATE TABLE feedback (
    owner text COLLATE "C" NOT NULL REFERENCES libraries ON DELETE CASCADE,
    story text COLLATE "C" NOT NULL,
    version integer NOT NULL,
    span_start integer NOT NULL,
    span_end integer NOT NULL,
    verdict text NOT NULL,
    asker text COLLATE "C" NOT NULL,
    at timestamptz NOT NULL,
    PRIMARY KEY (owner, story, version, span_start, span_end, asker)
);

CREATE TABLE unanswered (
    owner text COLLATE "C" NOT NULL REFERENCES libraries ON DELETE CASCADE,
    key bytea NOT NULL,
    question text NOT NULL,
    reason text NOT NULL,
    times bigint NOT NULL DEFAULT 1,
    last timestamptz NOT NULL,
    PRIMARY KEY (owner, key)
);

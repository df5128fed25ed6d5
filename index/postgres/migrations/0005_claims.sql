-- What is being worked on, by which process, and what is done. It belongs to no owner, and holds nobody's words.

CREATE TABLE claims (
    name text COLLATE "C" PRIMARY KEY,
    holder text COLLATE "C" NOT NULL,
    begun double precision NOT NULL,
    seen double precision NOT NULL,
    tries integer NOT NULL DEFAULT 1,
    done boolean NOT NULL DEFAULT false
);

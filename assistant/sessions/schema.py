"""The tables of the file of conversations, by version. A version is never edited once released; a new one is added.

`PRAGMA user_version` is how many of them a file has been through; `PRAGMA application_id` tells whose file it is.
"""

APPLICATION_ID = 0x77687973
"""The letters `whys`."""

VERSIONS = (
    f"""
    PRAGMA application_id = {APPLICATION_ID};
    CREATE TABLE policies (
        digest TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        version TEXT NOT NULL,
        content TEXT NOT NULL
    );
    CREATE TABLE sessions (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        name NOT NULL DEFAULT '',
        begun TEXT NOT NULL,
        folder,
        branched_from INTEGER
    );
    CREATE TABLE turns (
        session INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        at TEXT NOT NULL,
        said,
        reply TEXT NOT NULL,
        question TEXT,
        put INTEGER NOT NULL,
        state TEXT NOT NULL,
        kept INTEGER NOT NULL,
        pushed TEXT NOT NULL,
        verdict TEXT NOT NULL,
        policy TEXT NOT NULL REFERENCES policies (digest),
        PRIMARY KEY (session, number)
    );
    CREATE TABLE facts (
        session INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
        place INTEGER NOT NULL,
        fact TEXT NOT NULL,
        value TEXT NOT NULL,
        provenance TEXT NOT NULL CHECK (provenance IN ('told', 'derived', 'assumed')),
        words,
        turn INTEGER,
        rule TEXT,
        PRIMARY KEY (session, fact)
    );
    """,
)

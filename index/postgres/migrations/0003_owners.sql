-- A second wall between owners, beside the owner in every query: a session sees only the rows of the owner that it has
-- named. A superuser sees past it, so a bot should connect as a role of its own.

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['stories', 'versions', 'passages', 'postings', 'statements', 'story_speakers',
                                'speakers', 'settings', 'feedback', 'unanswered'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
        EXECUTE format(
            'CREATE POLICY own_rows ON %I USING (owner = (SELECT current_setting(''onrecord.owner'', true)))', name);
    END LOOP;
END $$;

-- Begins a year whose activities get a partition of their own, after `partitions.sql`.
--
--   psql "$DATABASE_URL" -v ON_ERROR_STOP=1 -v year=2028 -f deploy/partitions-year.sql
--
-- While people work, on any day: what is recorded before it stays with the year before.

BEGIN;
SELECT max(substring(pg_get_expr(relpartbound, oid) FROM 'TO \(''?(\d+)''?\)')::bigint) AS block
FROM pg_class WHERE oid IN (SELECT inhrelid FROM pg_inherits WHERE inhparent = 'cases_activity'::regclass) \gset
SELECT :block + 1000000000::bigint AS after \gset
CREATE TABLE cases_activity_:year PARTITION OF cases_activity FOR VALUES FROM (:block) TO (:after);
CREATE TABLE cases_activityentry_:year PARTITION OF cases_activityentry FOR VALUES FROM (:block) TO (:after);
CREATE UNIQUE INDEX ON cases_activity_:year (uid);
ALTER TABLE cases_activity ALTER COLUMN id RESTART WITH :block;
COMMIT;

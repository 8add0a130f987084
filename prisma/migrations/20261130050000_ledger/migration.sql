-- The ledger: what was read, done and refused. It stands in a schema of its own, in which the server's role may only look
-- and add. Rows are chained and sealed by the server (src/ledger); the months come as they are needed.
CREATE SCHEMA "ledger";

CREATE TYPE "LedgerKind" AS ENUM ('QUERY', 'MUTATION', 'IDENTITY', 'CLOCKWORK');
CREATE TYPE "LedgerOutcome" AS ENUM ('BEGUN', 'ANSWERED', 'REFUSED', 'FAILED');

-- Sets of fields, each known by a hash of what is in it: written once, named by many.
CREATE TABLE "ledger"."fields" (
  "id" uuid NOT NULL PRIMARY KEY,
  "clear" text[] NOT NULL,
  "masked" text[] NOT NULL,
  "withheld" text[] NOT NULL,
  "used" text[] NOT NULL
);

-- A chain of events: one writer's, from its start on, within one month.
CREATE TABLE "ledger"."segment" (
  "id" int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  "openedAt" timestamptz(3) NOT NULL,
  "writer" uuid NOT NULL
);

CREATE TABLE "ledger"."event" (
  "id" text COLLATE "C" NOT NULL,
  "segment" int NOT NULL,
  "seq" int NOT NULL,
  "at" timestamptz(3) NOT NULL,
  "kind" "LedgerKind" NOT NULL,
  "roots" text[] NOT NULL,
  "outcome" "LedgerOutcome" NOT NULL,
  "codes" text[] NOT NULL,
  "reasons" text[] NOT NULL,
  "principalId" text,
  "department" "DepartmentCode",
  "deviceId" text,
  "address" text,
  "purpose" text,
  "grants" text[] NOT NULL,
  "declarations" text[] NOT NULL,
  "policyVersion" int,
  "requestId" text NOT NULL,
  "fields" uuid NOT NULL,
  "customers" int NOT NULL,
  "prevHash" bytea NOT NULL,
  "hash" bytea NOT NULL,
  PRIMARY KEY ("id", "at")
) PARTITION BY RANGE ("at");

ALTER TABLE "ledger"."event" ALTER "fields" SET STATISTICS 1000;
CREATE INDEX "event_order" ON "ledger"."event" ("at", "id");
CREATE INDEX "event_chain" ON "ledger"."event" ("segment", "seq");
CREATE INDEX "event_person" ON "ledger"."event" ("principalId", "at");
CREATE INDEX "event_device" ON "ledger"."event" ("deviceId", "at");
CREATE INDEX "event_department" ON "ledger"."event" ("department", "at");
CREATE INDEX "event_fields" ON "ledger"."event" ("fields", "at");
CREATE INDEX "event_outcome" ON "ledger"."event" ("outcome", "at") WHERE "outcome" <> 'ANSWERED';
CREATE INDEX "event_codes" ON "ledger"."event" USING gin ("codes");

CREATE TABLE "ledger"."touch" (
  "eventId" text COLLATE "C" NOT NULL,
  "position" int NOT NULL,
  "at" timestamptz(3) NOT NULL,
  "record" text NOT NULL,
  "recordId" text NOT NULL,
  "customerId" text,
  "fields" uuid,
  "step" text
) PARTITION BY RANGE ("at");

CREATE INDEX "touch_event" ON "ledger"."touch" ("eventId", "position");
CREATE INDEX "touch_customer" ON "ledger"."touch" ("customerId", "at") WHERE "customerId" IS NOT NULL;

CREATE TABLE "ledger"."seal" (
  "number" int NOT NULL PRIMARY KEY,
  "at" timestamptz(3) NOT NULL,
  "key" text NOT NULL,
  "events" bigint NOT NULL,
  "tails" jsonb NOT NULL,
  "prevHash" bytea NOT NULL,
  "hash" bytea NOT NULL,
  "signature" bytea NOT NULL
);

-- A month is added by whoever first writes into it. The function runs as its owner: the server may not make tables.
CREATE FUNCTION "ledger"."add_month"(instant timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET timezone = 'UTC' SET datestyle = 'ISO' AS $$
DECLARE
  first timestamptz := date_trunc('month', instant, 'UTC');
  next timestamptz := (date_trunc('month', instant AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC';
  month text := to_char(first AT TIME ZONE 'UTC', 'YYYY_MM');
  whole text;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('ledger.add_month'));
  FOREACH whole IN ARRAY ARRAY['event', 'touch'] LOOP
    CONTINUE WHEN to_regclass(format('ledger.%I', whole || '_' || month)) IS NOT NULL;
    -- Attached, not made as a part: nobody who reads the whole at that moment is waited for.
    EXECUTE format('CREATE TABLE ledger.%I (LIKE ledger.%I INCLUDING ALL)', whole || '_' || month, whole);
    EXECUTE format('ALTER TABLE ledger.%I ATTACH PARTITION ledger.%I FOR VALUES FROM (%L) TO (%L)',
      whole, whole || '_' || month, first, next);
  END LOOP;
  -- Which sets of fields are rare decides how events are looked for: there are hundreds.
  EXECUTE format('ALTER TABLE ledger.%I ALTER "fields" SET STATISTICS 1000', 'event_' || month);
END $$;
REVOKE ALL ON FUNCTION "ledger"."add_month"(timestamptz) FROM PUBLIC;

-- As the API shows it. Whoever looks through these needs the rights on the tables themselves.
CREATE VIEW "LedgerEvent" WITH (security_invoker = true) AS
SELECT e."id", e."segment", e."seq", e."at", e."kind", e."roots", e."outcome", e."codes", e."reasons", e."principalId",
  e."department", e."deviceId", e."address", e."purpose", e."grants", e."declarations", e."policyVersion", e."requestId",
  e."fields", f."clear", f."masked", f."withheld", f."used", e."customers", encode(e."hash", 'hex') AS "hash"
FROM "ledger"."event" e JOIN "ledger"."fields" f ON f."id" = e."fields";

CREATE VIEW "LedgerTouch" WITH (security_invoker = true) AS
SELECT t."eventId" || '_' || t."position" AS "id", t."eventId", t."position", t."record", t."recordId", t."customerId",
  t."step", coalesce(f."clear", '{}') AS "clear", coalesce(f."masked", '{}') AS "masked",
  coalesce(f."withheld", '{}') AS "withheld"
FROM "ledger"."touch" t LEFT JOIN "ledger"."fields" f ON f."id" = t."fields";

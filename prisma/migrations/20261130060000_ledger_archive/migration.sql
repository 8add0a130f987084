-- Segments that were moved out of the ledger's tables into files: how much each was, where its chain leads and until when, and which file
-- it is. Written by the owner alone, as the rows go; the server's role looks.
CREATE TABLE "ledger"."archive" (
  "segment" int NOT NULL PRIMARY KEY,
  "archivedAt" timestamptz(3) NOT NULL,
  "events" int NOT NULL,
  "touches" bigint NOT NULL,
  "lastSeq" int NOT NULL,
  "lastAt" timestamptz(3),
  "lastHash" bytea NOT NULL,
  "fileHash" bytea NOT NULL
);

-- The register is filtered by state, and counted by state and kind, from the index alone.
DROP INDEX "Device_state_idx";
CREATE INDEX "Device_state_kind_idx" ON "Device"("state", "kind");

-- How an allocation ends beside the return (our own states: rulebook 2.4 F has none). A new type, as words that are added
-- to one cannot be used in the transaction that adds them, and all migrations are one.
ALTER TYPE "AllocationState" RENAME TO "AllocationState_before";
CREATE TYPE "AllocationState" AS ENUM ('REQUESTED', 'ALLOCATED', 'ISSUED', 'ACCEPTED', 'IDLE_REPORTED', 'FILE_UPDATED', 'TRANSFER_REQUESTED', 'CHECKED_DEPT', 'CHECKED_IT', 'RETURNED', 'REASSIGNED', 'REFUSED', 'DECLINED', 'WITHDRAWN', 'ENDED');
ALTER TABLE "Allocation" ALTER COLUMN "state" TYPE "AllocationState" USING "state"::text::"AllocationState";
DROP TYPE "AllocationState_before";

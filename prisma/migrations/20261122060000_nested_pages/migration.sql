-- A page nested below a row is read from the front of an index, in its default order. Without these, PostgreSQL may walk
-- the index of that order through everybody's rows instead, and on a table without statistics it does.

-- DropIndex
DROP INDEX "Dossier_customerId_idx";

-- DropIndex
DROP INDEX "Transaction_orderId_idx";

-- CreateIndex
CREATE INDEX "Dossier_customerId_code_idx" ON "Dossier"("customerId", "code");

-- CreateIndex
CREATE INDEX "Order_customerId_id_idx" ON "Order"("customerId", "id");

-- CreateIndex
CREATE INDEX "Transaction_customerId_id_idx" ON "Transaction"("customerId", "id");

-- CreateIndex
CREATE INDEX "Transaction_orderId_id_idx" ON "Transaction"("orderId", "id");

-- CreateIndex
CREATE INDEX "ServiceCase_customerId_id_idx" ON "ServiceCase"("customerId", "id");

-- What is listed below a device or a session is read from the front of an index, in the order in which it is listed.
DROP INDEX "DeviceCopy_deviceId_idx";
CREATE INDEX "DeviceCopy_deviceId_formNo_idx" ON "DeviceCopy"("deviceId", "formNo");
DROP INDEX "Fault_deviceId_reportedAt_idx";
CREATE INDEX "Fault_deviceId_formNo_idx" ON "Fault"("deviceId", "formNo");
DROP INDEX "StockTakeLine_deviceId_idx";
CREATE INDEX "StockTakeLine_deviceId_position_idx" ON "StockTakeLine"("deviceId", "position");
DROP INDEX "InstallRequest_deviceId_idx";
CREATE INDEX "InstallRequest_deviceId_formNo_idx" ON "InstallRequest"("deviceId", "formNo");
DROP INDEX "TrainingRecord_sessionId_idx";
CREATE INDEX "TrainingRecord_sessionId_id_idx" ON "TrainingRecord"("sessionId", "id");

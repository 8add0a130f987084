-- The head of whoever had a device sees what became of its loss, whoever reported it.
ALTER TABLE "Incident" ADD COLUMN "holderDepartment" "DepartmentCode";
UPDATE "Incident" SET "holderDepartment" = coalesce(h."departmentCode", d."departmentCode", 'TECHNOLOGY')
  FROM "Device" d LEFT JOIN "Employee" h ON h."id" = d."custodianId"
  WHERE d."id" = "Incident"."deviceId" AND "Incident"."kind" = 'LOSS';

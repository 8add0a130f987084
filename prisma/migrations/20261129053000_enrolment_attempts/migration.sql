-- Somebody who guesses keeps no device out with a few tries; a code of 60 bits bears more.
ALTER TABLE "DeviceEnrolment"
  DROP CONSTRAINT "DeviceEnrolment_attempts_range",
  ADD CONSTRAINT "DeviceEnrolment_attempts_range" CHECK ("attempts" BETWEEN 0 AND 100);

-- By itself: a new word can be used by what comes after the migration that brings it.
ALTER TYPE "OffboardingState" ADD VALUE 'CANCELLED';

-- AlterTable
ALTER TABLE "ServiceCase" ADD COLUMN     "version" INTEGER NOT NULL DEFAULT 1;

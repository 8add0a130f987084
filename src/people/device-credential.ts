import { createHash } from "node:crypto";
import { derive } from "./secret.js";

/** What is kept of a device credential: its SHA-256 in hexadecimal. A credential is random, so no salt is needed. */
export const hashCredential = (credential: string): string =>
  createHash("sha256").update(credential).digest("hex");

/** The credential of a demo device, `D1` …: always the same on one data folder, so that it need not be stored. */
export const demoCredential = (secret: Buffer, deviceNo: string): string =>
  derive(secret, `device-credential ${deviceNo}`).toString("base64url");

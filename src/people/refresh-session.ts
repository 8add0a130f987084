import { createHash, randomBytes } from "node:crypto";
import type { Footprint } from "../access/footprint.js";
import { refusal } from "../errors.js";
import { accessTokenLifetime, issueAccessToken } from "./access-token.js";
import { idOfDevice } from "./caller-facts.js";
import type { DeviceProof } from "./device-proof.js";
import type { Session, SessionComponents } from "./session.js";

/** Whoever hears whose a token is. */
type Bearing = Pick<Footprint, "isBy">;
const unseen: Bearing = { isBy() {} };

/** Hours that a session can be refreshed for, counted from its sign-in. */
const sessionHours = 12;

/**
 * The first token of a family, begun from the device that is proved, if one is. A family is known by the hash of its
 * first token, and ends when that one does.
 */
export async function openFamily(
  { db, clock }: SessionComponents,
  employeeId: string,
  proof: DeviceProof | null = null,
) {
  const { token, hash } = newToken();
  const now = clock.now();
  const expiresAt = new Date(now.getTime() + sessionHours * 3_600_000);
  await db.$executeRaw`
    WITH over AS (DELETE FROM "RefreshToken" WHERE "employeeId" = ${employeeId} AND "expiresAt" <= ${now})
    INSERT INTO "RefreshToken" ("tokenHash", "familyId", "employeeId", "expiresAt", "deviceId")
    VALUES (${hash}, ${hash}, ${employeeId}, ${expiresAt}, (${idOfDevice(proof)}))`;
  return { token, expiresAt, session: hash };
}

/**
 * A new access token and a new refresh token for one that was never used before. One that was used is in two hands:
 * its whole family ends. Refuses UNAUTHENTICATED.
 */
export async function refreshSession(
  components: SessionComponents,
  refreshToken: string,
  footprint: Bearing = unseen,
): Promise<Session> {
  const { db, clock } = components;
  const now = clock.now();
  const { token, hash } = newToken();
  // Marking the token as used and adding its successor are one statement: of two uses at once, one wins.
  const [used] = await db.$queryRaw<
    { employeeId: string; staffNo: string; session: string; expiresAt: Date }[]
  >`
    WITH used AS (
      UPDATE "RefreshToken" t SET "usedAt" = ${now}
      FROM "RefreshToken" first, "Employee" e
      WHERE t."tokenHash" = ${hashToken(refreshToken)} AND t."usedAt" IS NULL
        AND first."tokenHash" = t."familyId" AND first."expiresAt" > ${now}
        AND e."id" = t."employeeId" AND e."status" <> 'LEFT'
      RETURNING t."familyId", t."employeeId", t."expiresAt", t."deviceId", e."staffNo"
    ), successor AS (
      INSERT INTO "RefreshToken" ("tokenHash", "familyId", "employeeId", "expiresAt", "deviceId")
      SELECT ${hash}, "familyId", "employeeId", "expiresAt", "deviceId" FROM used
    )
    SELECT "employeeId", "staffNo", "familyId" AS "session", "expiresAt" FROM used`;
  if (!used) {
    await endFamily(components, refreshToken, footprint);
    throw refusal("UNAUTHENTICATED", {
      reason: "The refresh token is unknown, was used before or has ended.",
      request: "signIn",
    });
  }
  footprint.isBy(used.employeeId);
  const left = Math.floor((used.expiresAt.getTime() - now.getTime()) / 1000);
  const access = await issueAccessToken(components, used, Math.min(accessTokenLifetime, left));
  return {
    accessToken: access.token,
    accessTokenExpiresAt: access.expiresAt,
    refreshToken: token,
    refreshTokenExpiresAt: used.expiresAt,
  };
}

/** Ends the session that the token belongs to, if there is one: none of its tokens is good any more. */
export async function signOut(
  components: SessionComponents,
  refreshToken: string,
  footprint: Bearing = unseen,
): Promise<void> {
  await endFamily(components, refreshToken, footprint);
}

/** Ends the first token: whichever are being added at this moment end with it. Tells whose it is, ended before or now. */
async function endFamily(
  { db, clock }: SessionComponents,
  refreshToken: string,
  footprint: Bearing,
): Promise<void> {
  const now = clock.now();
  const [token] = await db.$queryRaw<{ employeeId: string }[]>`
    WITH token AS (
      SELECT "familyId", "employeeId" FROM "RefreshToken" WHERE "tokenHash" = ${hashToken(refreshToken)}
    ), ended AS (
      UPDATE "RefreshToken" first SET "expiresAt" = ${now} FROM token
      WHERE first."tokenHash" = token."familyId" AND first."expiresAt" > ${now}
    )
    SELECT "employeeId" FROM token`;
  if (token) footprint.isBy(token.employeeId);
}

function newToken() {
  const token = randomBytes(32).toString("base64url");
  return { token, hash: hashToken(token) };
}

const hashToken = (token: string): string => createHash("sha256").update(token).digest("hex");

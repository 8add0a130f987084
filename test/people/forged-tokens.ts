import { createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from "node:crypto";

/** What a token says; `undefined` leaves a claim or parameter out. */
export interface Forgery {
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Makes the signature over `header.payload`; by default with the server's own key. */
  readonly signature?: (input: string) => Buffer;
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A compact JWT made by hand, so that nothing keeps it from being malformed. */
export function token(own: KeyObject, now: Date, { header, claims, signature }: Forgery): string {
  const seconds = Math.floor(now.getTime() / 1000);
  const input = [
    { alg: "EdDSA", kid: "1", typ: "at+jwt", ...header },
    {
      iss: "tierkeep",
      aud: "tierkeep",
      sub: "sam",
      iat: seconds,
      nbf: seconds,
      exp: seconds + 900,
      jti: randomUUID(),
      ...claims,
    },
  ]
    .map(encode)
    .join(".");
  return `${input}.${(signature ?? signedBy(own))(input).toString("base64url")}`;
}

export const signedBy =
  (key: KeyObject): NonNullable<Forgery["signature"]> =>
  (input) =>
    sign(null, Buffer.from(input), key);

export const hashedWith =
  (secret: string | Buffer): NonNullable<Forgery["signature"]> =>
  (input) =>
    createHmac("sha256", secret).update(input).digest();

export const unsigned = (): Buffer => Buffer.alloc(0);

export const stranger = generateKeyPairSync("ed25519").privateKey;

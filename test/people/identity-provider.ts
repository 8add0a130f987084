import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { JWK } from "jose";
import Provider from "oidc-provider";

/** The name that the provider knows our server by. */
export const audience = "https://tierkeep.example/graphql";

export interface IdentityProvider {
  readonly issuer: string;
  /** Requests that came in, by path. */
  readonly requests: string[];
  /** An access token for the service account `rep`, as the provider gives it. */
  accessToken(resource?: string): Promise<string>;
  stop(): Promise<void>;
  restart(): Promise<void>;
}

/** A real OpenID Connect provider on this machine that signs with `jwk`. Its tokens live ten minutes. */
export async function identityProvider(jwk: JWK): Promise<IdentityProvider> {
  const server = createServer();
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  const issuer = `http://127.0.0.1:${port}`;
  const requests: string[] = [];
  const handle = new Provider(issuer, configuration(jwk)).callback();
  server.on("request", (request, response) => {
    requests.push(request.url ?? "");
    handle(request, response);
  });
  return {
    issuer,
    requests,
    accessToken: (resource = audience) => requestToken(issuer, resource),
    stop: () => stop(server),
    restart: () => listen(server, port),
  };
}

const configuration = (jwk: JWK) => ({
  jwks: { keys: [jwk] },
  clients: [
    {
      client_id: "rep",
      client_secret: "secret",
      id_token_signed_response_alg: jwk.alg,
      grant_types: ["client_credentials"],
      redirect_uris: [],
      response_types: [],
    },
  ],
  cookies: { keys: ["cookies"] },
  extraTokenClaims: () => ({ preferred_username: "rep.user" }),
  features: {
    devInteractions: { enabled: false },
    clientCredentials: { enabled: true },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo: (_context: unknown, resource: string) => ({
        scope: "",
        audience: resource,
        accessTokenTTL: 600,
        accessTokenFormat: "jwt",
        jwt: { sign: { alg: jwk.alg } },
      }),
    },
  },
});

async function requestToken(issuer: string, resource: string): Promise<string> {
  const response = await fetch(`${issuer}/token`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa("rep:secret")}` },
    body: new URLSearchParams({ grant_type: "client_credentials", resource }),
  });
  const body = (await response.json()) as { access_token?: string };
  if (!body.access_token) throw new Error(`no token: ${JSON.stringify(body)}`);
  return body.access_token;
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((resolve) => server.listen(port, "127.0.0.1", resolve));

const stop = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

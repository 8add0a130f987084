const loopbackNames = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i;

/** Does an address, as it is given to `listen`, take connections from this machine only? */
export const isLoopback = (host: string): boolean =>
  host === "localhost" || host === "::1" || host.startsWith("127.");

/**
 * Is `host` a name by which a server on loopback is meant? A page of another site can make a browser connect to
 * 127.0.0.1 under the site's own name (DNS rebinding); its Host header gives it away.
 */
export const namesLoopback = (host: string | undefined): boolean =>
  host !== undefined && loopbackNames.test(host);

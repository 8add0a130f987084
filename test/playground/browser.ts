import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

/** Why there is nothing to look with; undefined where there is. */
export const noBrowser = existsSync(executablePath)
  ? undefined
  : `No browser at ${executablePath}: install Chromium (Debian: apt-get install chromium) or set CHROMIUM to where it is.`;

/** Chromium without a window, that speaks to nobody of its own accord. */
export const openBrowser = () =>
  chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

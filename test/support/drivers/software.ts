import { randomUUID } from "node:crypto";
import { expect } from "vitest";
import { type FormDriver, formPlay } from "../form-driver.js";
import { deviceInUse } from "./faults.js";

const note = "Because.";

/** Software that nobody has heard of yet. */
export const someSoftware = (): string => `tool-${randomUUID()}x`;

/** tim enters, and tess or tim goes on. */
export const knownSoftware: FormDriver = {
  async stand({ must }, state) {
    const standing = state === "FORBIDDEN" ? "FORBIDDEN" : "ALLOWED";
    const id = await must("tim", "enter", { name: someSoftware(), standing, note });
    return state === "REMOVED" ? must("tess", "remove", { id, note }) : id;
  },
};

/** sam asks, tim confirms and installs. */
export const installRequest: FormDriver = {
  async stand(play, state) {
    const { server, now, must } = play;
    const deviceId = await deviceInUse(play);
    const wish = { deviceId, software: someSoftware(), purpose: "Plans" };
    if (state === "BARRED") {
      const list = formPlay(server, "KnownSoftware", now);
      await list.must("tim", "enter", { name: wish.software, standing: "FORBIDDEN", note });
      await expect(must("sam", "ask", wish)).rejects.toThrow("SOFTWARE_FORBIDDEN");
      return (await server.database.db.installRequest.findFirstOrThrow({ where: { deviceId, state } })).id;
    }
    const id = await must("sam", "ask", wish);
    if (state === "ASKED") return id;
    if (state === "WITHDRAWN") return must("sam", "withdraw", { id });
    if (state === "REFUSED") return must("tim", "refuse", { id, note });
    if (state === "DROPPED") {
      await formPlay(server, "Device", now).must("sam", "lose", { id: deviceId, note });
      return id;
    }
    await must("tim", "confirm", { id });
    return state === "INSTALLED" ? must("tim", "install", { id }) : id;
  },
};

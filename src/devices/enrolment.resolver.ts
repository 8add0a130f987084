import { Arg, Ctx, Mutation, Resolver } from "type-graphql";
import { anyone, Guard, guardBy, refuse } from "../access/guard.js";
import { reasons } from "../access/reasons.js";
import type { WriteContext } from "../reading/writable-rows.js";
import { type EnrolContext, enrolDevice } from "./enrol-device.js";
import {
  EnrolDeviceInput,
  OpenDeviceEnrolmentInput,
  RevokeDeviceCredentialInput,
} from "./enrolment.input.js";
import {
  EnrolDevicePayload,
  type Enrolled,
  OpenDeviceEnrolmentPayload,
  RevokeDeviceCredentialPayload,
} from "./enrolment.payload.js";
import { openEnrolment, revokeDeviceCredential } from "./open-enrolment.js";

/** Technology sets devices up (rulebook 2.4 D). */
const setsUpDevices = guardBy("setsUpDevices", ({ caller: { roles, department, status } }) => {
  if (!roles.includes("IT_ENGINEER") || department !== "TECHNOLOGY")
    return refuse({ code: "NOT_YOUR_ROLE", needs: "IT_ENGINEER of TECHNOLOGY" });
  return status === "ACTIVE" || refuse(reasons.notActive);
});

@Resolver()
export class EnrolmentResolver {
  @Guard(setsUpDevices)
  @Mutation(() => OpenDeviceEnrolmentPayload, {
    description:
      "Opens the enrolment of a device that has its file and is not gone: a code, good once and for 15 minutes, to be typed at the device itself (enrolDevice). Another one that was open ends. Nobody enrols their own device.",
  })
  async openDeviceEnrolment(
    @Arg("input", () => OpenDeviceEnrolmentInput, { description: "The device." }) {
      deviceId,
    }: OpenDeviceEnrolmentInput,
    @Ctx() context: WriteContext,
  ): Promise<OpenDeviceEnrolmentPayload> {
    return new OpenDeviceEnrolmentPayload(deviceId, await openEnrolment(context, deviceId));
  }

  @Guard(anyone)
  @Mutation(() => EnrolDevicePayload, {
    description:
      "Enrols the device that is asking, with the code that technology opened the enrolment with: from then on it is proved by its own key, or by the secret that is told here once, and by nothing from before. Nobody has to be signed in, and nothing about customers is read. A hundred codes may be tried; UNAUTHENTICATED, in the same words, whatever is wrong with one.",
  })
  enrolDevice(
    @Arg("input", () => EnrolDeviceInput, { description: "The device, its code and its key." })
    input: EnrolDeviceInput,
    @Ctx() context: EnrolContext,
  ): Promise<Enrolled> {
    return enrolDevice(context, input);
  }

  @Guard(setsUpDevices)
  @Mutation(() => RevokeDeviceCredentialPayload, {
    description:
      "Takes from a device all that proves it, and the code of an enrolment that is open: from the next request on it is DEVICE_UNREGISTERED. WRONG_STATE where nothing proves it.",
  })
  async revokeDeviceCredential(
    @Arg("input", () => RevokeDeviceCredentialInput, { description: "The device." }) {
      deviceId,
    }: RevokeDeviceCredentialInput,
    @Ctx() context: WriteContext,
  ): Promise<RevokeDeviceCredentialPayload> {
    await revokeDeviceCredential(context, deviceId);
    return new RevokeDeviceCredentialPayload(deviceId);
  }
}

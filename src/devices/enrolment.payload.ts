import { Field, ObjectType } from "type-graphql";
import { anyone, everyCaller, Guard } from "../access/guard.js";
import { Instant } from "../reading/scalars.js";
import { DevicePayload } from "./device.payload.js";

@ObjectType({ description: "An enrolment that has been opened." })
export class OpenDeviceEnrolmentPayload extends DevicePayload {
  @Guard(everyCaller)
  @Field(() => String, {
    description: "The code to type at the device: `7K2M-Q9XT-D4HB`. It is told here and nowhere again.",
  })
  readonly code: string;

  @Guard(everyCaller)
  @Field(() => Instant, { description: "When the code ends: 15 minutes after it was made." })
  readonly expiresAt: string;

  constructor(id: string, { code, expiresAt }: { readonly code: string; readonly expiresAt: Date }) {
    super(id);
    this.code = code;
    this.expiresAt = expiresAt.toISOString();
  }
}

/** What a device has to prove itself with from now on. */
export interface Enrolled {
  readonly deviceNo: string;
  readonly credential: string | null;
  readonly thumbprint: string | null;
}

@ObjectType({ description: "A device that has been enrolled." })
export class EnrolDevicePayload implements Enrolled {
  @Guard(anyone)
  @Field(() => String, { description: "The device's number in the register." })
  deviceNo!: string;

  @Guard(anyone)
  @Field(() => String, {
    nullable: true,
    description:
      "The secret to send with every request, in the header device-credential: it is told here and nowhere again. Null where a key was enrolled.",
  })
  credential!: string | null;

  @Guard(anyone)
  @Field(() => String, {
    nullable: true,
    description:
      "What the key is known by (RFC 7638, SHA-256); the device signs each request with it, in the header dpop. Null where no key was given.",
  })
  thumbprint!: string | null;
}

@ObjectType({ description: "A device that nothing proves any more, until it is enrolled again." })
export class RevokeDeviceCredentialPayload extends DevicePayload {}

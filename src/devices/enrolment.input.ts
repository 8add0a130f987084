import { Field, ID, InputType } from "type-graphql";

@InputType({ description: "The device that is to enrol itself." })
export class OpenDeviceEnrolmentInput {
  @Field(() => ID, { description: "The device's id: one in your reach." })
  deviceId!: string;
}

@InputType({
  description:
    "The public half of the device's key pair, as JWK writes it (RFC 7517): P-256 (`kty` EC) or Ed25519 (`kty` OKP). The private half never leaves the device.",
})
export class DeviceKeyInput {
  @Field(() => String, { description: "EC or OKP." })
  kty!: string;

  @Field(() => String, { description: "P-256 or Ed25519." })
  crv!: string;

  @Field(() => String, { description: "32 bytes in base64url." })
  x!: string;

  @Field(() => String, { nullable: true, description: "32 bytes in base64url; of P-256 only." })
  y?: string | null;
}

@InputType({ description: "A device that enrols itself." })
export class EnrolDeviceInput {
  @Field(() => String, { description: "The number on the device's label." })
  deviceNo!: string;

  @Field(() => String, { description: "The code that technology opened the enrolment with; good once." })
  code!: string;

  @Field(() => DeviceKeyInput, {
    nullable: true,
    description:
      "The key that the device will sign its requests with; without one it is given a secret to send.",
  })
  publicKey?: DeviceKeyInput | null;
}

@InputType({ description: "The device that nothing is to prove any more." })
export class RevokeDeviceCredentialInput {
  @Field(() => ID, { description: "The device's id: one in your reach." })
  deviceId!: string;
}

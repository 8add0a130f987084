import { InputType } from "type-graphql";
import { expect, test } from "vitest";
import { UpdateDeviceInput } from "../../src/devices/device.input.js";
import { Device } from "../../src/devices/device.type.js";
import { fieldsWritten, writesIdsOf, writesTo } from "../../src/reading/write-inputs.js";
import { buildClassifiedSchema } from "../../src/schema.js";

test("an input writes the fields that it gives, null among them", () => {
  const input = Object.assign(new UpdateDeviceInput(), {
    id: "dev_1",
    version: 1,
    custodianId: null,
    model: "M",
    spec: undefined,
  });
  expect(
    fieldsWritten(input)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(["custodian", "model"]);
});

test("every field of an input that is written carries the class of its field", async () => {
  const fields = (await buildClassifiedSchema()).getType("UpdateDeviceInput")!.toConfig() as unknown as {
    fields: Record<
      string,
      { extensions: { use?: () => { field: { name: string; fieldClass: string }; use: string } } }
    >;
  };
  const uses = Object.entries(fields.fields).map(([name, { extensions }]) => {
    const use = extensions.use?.();
    return [name, use && `${use.use} ${use.field.name} ${use.field.fieldClass}`];
  });
  expect(Object.fromEntries(uses)).toMatchObject({
    id: undefined,
    version: undefined,
    sealNo: "CORRECT sealNo DEVICE_TECHNICAL",
    custodianId: "CORRECT custodian DEVICE_BASIC",
    price: "CORRECT price DEVICE_FINANCE",
  });
  expect(uses.filter(([, use]) => use === undefined)).toHaveLength(2);
});

test("a field that there is not, or of another type, does not compile", () => {
  const Writes = writesTo(Device, "CREATE");
  const WritesId = writesIdsOf(Device, "CREATE");
  @InputType()
  class Mistyped {
    // @ts-expect-error: a device's model is a text
    @Writes(() => Number)
    model?: number;
  }
  expect(Mistyped).toBeDefined();
  expect(() => {
    // @ts-expect-error: a device has no colour
    Writes(() => String)({}, "colour");
  }).toThrow("Device has no classified field colour");
  // @ts-expect-error: nor an owner
  expect(() => WritesId("owner")({}, "ownerId")).toThrow("Device has no classified field owner");
});

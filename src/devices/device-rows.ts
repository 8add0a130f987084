import { recordOf } from "../access/classified.js";
import { Device } from "./device.type.js";

// What the words of the row vocabulary mean for a form about one device, by its column `deviceId`.

/** Those of the device that the form is about. */
export const ofDevice = { through: "deviceId", record: () => recordOf(Device) } as const;

/** Technology has a part in the form, and it is as classified as its device. */
export const aboutOneDevice = { aboutDevice: "always", technical: "always", secrecy: ofDevice } as const;

/** A form that is its device's alone: it is of whoever has that, and of their department. */
export const deviceOwn = {
  ...{ own: ofDevice, aboutOthers: ofDevice, department: ofDevice },
  ...aboutOneDevice,
} as const;

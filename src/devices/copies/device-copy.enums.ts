import { DeviceCopyKind, DeviceCopyState, RecallCause } from "../../database/client.js";
import { describeEnum } from "../../reading/enums.js";

export { DeviceCopyKind, DeviceCopyState, RecallCause };

describeEnum("DeviceCopyKind", DeviceCopyKind, "What of customer data lies on a device.", {
  COPY: "A copy or an excerpt that was handed over (S004-P5-23).",
  LOAN: "An electronic dossier that is on loan (S004-P5-19).",
});

describeEnum("DeviceCopyState", DeviceCopyState, "Where a copy on a device stands (S000-4.2c, S004-P5-20).", {
  KEPT: "It lies on the device.",
  RECALLED: "It is to be wiped.",
  WIPED: "It is wiped, with proof.",
  LOST_WITH_DEVICE: "It was on the device when that was lost.",
  GONE: "It was on a device that is lost for good.",
});

/** Where it lies on the device still. */
export const onDevice = ["KEPT", "RECALLED"] as const satisfies readonly DeviceCopyState[];

describeEnum("RecallCause", RecallCause, "Why a copy on a device is to be wiped.", {
  DEVICE_RETURNED: "Its holder gives the device back.",
  DEVICE_SCRAPPED: "The device is proposed for scrapping.",
  DEVICE_FOUND: "The device was lost, and is found.",
  GRANT_ENDED: "The holder's grant has ended.",
  LOAN_OVER: "The dossier has been returned, or was lost.",
  TERM_OVER: "Its term is over.",
  HOLDER_GONE: "The holder leaves, or leaves the post.",
});

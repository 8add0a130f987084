import { ScrapState, WipeMethod } from "../../database/client.js";
import { describeEnum } from "../../reading/enums.js";

export { ScrapState, WipeMethod };

describeEnum("WipeMethod", WipeMethod, "How what was stored on a device is made unreadable.", {
  OVERWRITE: "Every block is written over.",
  CRYPTO_ERASE: "The key that it was encrypted with is destroyed.",
  DEGAUSS: "The magnetism of the medium is taken out.",
  SHRED: "The medium is destroyed.",
});

describeEnum("ScrapState", ScrapState, "Where a scrap sheet stands (S001-P1-3.1.5, rulebook 2.4 D).", {
  REQUESTED: "The clerk has asked for it.",
  APPROVED: "Finance lets the device go.",
  REFUSED: "Finance does not.",
  WIPED: "Technology has wiped the device.",
  SCRAPPED: "The device is gone.",
  WITHDRAWN: "The clerk has taken it back, or the device was lost.",
});

import { recordOf } from "../../access/classified.js";
import { parseColumnMap, wrongMap } from "../../csv/column-map.js";
import { type Columns, type HeaderWord, matchColumns } from "../../csv/columns.js";
import { sameWord } from "../../csv/same-word.js";
import { Device } from "../device.type.js";

export type RegisterColumns = Columns<string>;

/** How lists name the columns of a register, beside the names of the fields: in English and Chinese. */
const otherNames: Readonly<Record<string, string>> = {
  deviceNo: "devicenumber assettag assetno assetnumber 编号 设备编号 资产编号",
  kind: "type devicetype category 类型 设备类型 类别",
  model: "型号 设备型号",
  spec: "specification 规格 规格型号",
  department: "部门 使用部门",
  custodian: "user assignedto 使用人 保管人",
  purchasedAt: "purchasedate purchased 采购时间 采购日期 购买日期",
  state: "status 状态",
  isCustomerListDevice: "客户名单设备",
  classified: "涉密",
  ipAddress: "ip ip地址",
  macAddress: "mac mac地址",
  software: "软件 安装软件",
  components: "配件 部件",
  sealNo: "seal 封条号 封记号",
  price: "purchasecost cost 价格 单价 采购价格",
  supplier: "供应商",
  contractNo: "ordernumber 合同号 合同编号",
  invoiceNo: "发票号 发票号码",
  stockInNo: "入库单号 入库编号",
  fixedAssetNo: "固定资产编号 固定资产号",
};

/** Other names of kinds of device. */
export const kindWords: Readonly<Record<string, string>> = {
  desktop: "PC",
  computer: "PC",
  台式机: "PC",
  台式电脑: "PC",
  notebook: "LAPTOP",
  笔记本: "LAPTOP",
  笔记本电脑: "LAPTOP",
  平板: "TABLET",
  平板电脑: "TABLET",
  手机: "PHONE",
  终端: "TERMINAL",
  服务器: "SERVER",
  打印机: "PRINTER",
  存储介质: "STORAGE_MEDIUM",
  移动硬盘: "STORAGE_MEDIUM",
};

/** Every field of a device, also those that nobody imports: a column of theirs is refused, not overlooked. */
const fieldNames = (): string[] => [...recordOf(Device).fields.keys()];

const headerWords = (): HeaderWord<string>[] =>
  fieldNames().flatMap((field) =>
    [sameWord(field), ...(otherNames[field]?.split(" ") ?? [])].map((word) => ({ field, words: [word] })),
  );

/** Finds the columns of each field of a device. Throws a refusal where none holds the number. */
export function registerColumns(header: readonly string[], map: string): RegisterColumns {
  const columns = matchColumns(header, parseColumnMap(map, fieldNames()), headerWords());
  if (!columns.sources.has("deviceNo"))
    throw wrongMap("No column holds the number of the device: say which, as deviceNo=Column.");
  return columns;
}

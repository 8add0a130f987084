import type { HeaderWord } from "../../csv/columns.js";
import type { ImportField } from "./import-fields.js";

type Word = HeaderWord<ImportField>;

const named = (field: ImportField, words: string, implies?: Word["implies"]): Word[] =>
  words.split(" ").map((word) => ({ field, words: word.split("+"), ...(implies && { implies }) }));

const person = { field: "partyType", value: "PERSON" } as const;
const organisation = { field: "partyType", value: "ORGANISATION" } as const;
const document = (value: string) => ({ field: "idType", value }) as const;

/** The names that lists give their columns, in English and Chinese. Earlier ones come first where several fit. */
export const headerWords: readonly Word[] = [
  ...named(
    "code",
    "code customercode customerid customerno customernumber clientid clientcode accountid 编号 客户编号 客户代码 客户编码 客户号 会员号",
  ),
  ...named("partyType", "partytype customertype clienttype 客户类型 客户性质 主体类型"),
  ...named("kind", "kind 客户类别"),
  ...named("specialRole", "specialrole 特殊角色"),
  ...named("name", "name customername clientname fullname 名称 客户名称 客户名"),
  ...named("name", "姓名 客户姓名 firstname+lastname givenname+familyname 姓+名 lastname", person),
  ...named(
    "name",
    "companyname company organisation organization organisationname organizationname 公司名称 公司 单位名称 单位 企业名称",
    organisation,
  ),
  ...named("region", "region province state 地区 省份 省 区域 所在地区 city 城市"),
  ...named(
    "address",
    "address streetaddress fulladdress address1 addressline1 street 地址 联系地址 通讯地址 通信地址 详细地址 住址 家庭住址",
  ),
  ...named(
    "mobile",
    "mobile mobilephone mobilenumber mobileno cell cellphone cellnumber 手机 手机号 手机号码 移动电话",
  ),
  ...named("landline", "landline fixedphone telephoneno 座机 固话 固定电话 座机号码"),
  ...named(
    "mobile",
    "phone phonenumber phoneno phone1 telephone tel contactnumber 电话 电话号码 联系电话 联系方式",
  ),
  ...named("landline", "phone phonenumber phone2 telephone tel officephone 电话 电话号码 联系电话 办公电话"),
  ...named("email", "email emailaddress mail 邮箱 电子邮箱 电子邮件 邮件 邮箱地址"),
  ...named("sex", "sex gender 性别"),
  ...named("dateOfBirth", "dateofbirth birthdate birthday dob 出生日期 生日 出生年月日"),
  ...named("idType", "idtype documenttype 证件类型 证件种类"),
  ...named(
    "idNumber",
    "身份证号 身份证号码 身份证 居民身份证号 residentid residentidnumber",
    document("RESIDENT_ID"),
  ),
  ...named("idNumber", "护照号 护照号码 passport passportno passportnumber", document("PASSPORT")),
  ...named(
    "idNumber",
    "统一社会信用代码 营业执照号 营业执照 businesslicence businesslicense",
    document("BUSINESS_LICENCE"),
  ),
  ...named("idNumber", "idnumber idno documentnumber 证件号 证件号码"),
  ...named("healthNotes", "healthnotes 健康备注 健康状况"),
  ...named("personalNotes", "personalnotes 个人备注"),
  ...named("taxId", "taxid taxnumber vatid vatnumber 税号 纳税人识别号"),
  ...named("creditLimit", "creditlimit 信用额度 授信额度"),
  ...named("balance", "balance 余额 欠款"),
  ...named("paymentTermDays", "paymenttermdays paymentterms paymentdays 账期 账期天数"),
  ...named("businessNeeds", "businessneeds needs requirements 业务需求 需求"),
  ...named("preferences", "preferences 偏好 喜好"),
  ...named("source", "source leadsource 来源 客户来源"),
  ...named("rating", "rating 评级 客户等级 等级"),
  ...named("collectionPurpose", "collectionpurpose 收集目的"),
  ...named("collectionChannel", "collectionchannel 收集渠道"),
  ...named("collectedAt", "collectedat 收集时间"),
  ...named("firstContactAt", "firstcontactat firstcontact 首次联系时间 首次接触时间"),
  ...named("department", "department departmentcode 部门 所属部门"),
  ...named("bankAccount.holderName", "accountholder holdername 户名 开户名 账户名"),
  ...named("bankAccount.bankName", "bankname bank 开户行 开户银行 银行"),
  ...named(
    "bankAccount.accountNumber",
    "accountnumber bankaccount bankaccountnumber iban 银行账号 账号 银行卡号",
  ),
  // The country of an address is the country of the phone numbers too.
  ...named("country", "country countrycode countryname nation 国家 国别").map((word) => ({
    ...word,
    shared: true as const,
  })),
];

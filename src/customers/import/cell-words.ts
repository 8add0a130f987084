import { type CountryCode, getCountries } from "libphonenumber-js";
import { sameWord } from "../../csv/same-word.js";
import type { ImportField } from "./import-fields.js";

const words: Partial<Record<ImportField, Readonly<Record<string, string>>>> = {
  partyType: {
    PERSON: "person individual private personal natural 个人 自然人 个人客户",
    ORGANISATION:
      "organisation organization company business corporate enterprise 企业 公司 单位 机构 组织 企业客户",
  },
  sex: {
    M: "m male man mr 男 男性 先生",
    F: "f female woman mrs ms 女 女性 女士",
    UNKNOWN: "unknown u 未知 保密",
  },
  idType: {
    RESIDENT_ID: "residentid idcard nationalid 身份证 居民身份证 二代身份证",
    PASSPORT: "passport 护照",
    RESIDENCE_PERMIT: "residencepermit 居留证 居住证 外国人永久居留证",
    BUSINESS_LICENCE: "businesslicence businesslicense 营业执照 统一社会信用代码",
    OTHER: "other 其他 其它",
  },
  kind: { GENERAL: "general 普通 一般", SPECIAL: "special 特殊" },
};

const meanings = new Map(
  Object.entries(words).map(([field, values]) => [
    field,
    new Map(
      Object.entries(values).flatMap(([value, known]) => known.split(" ").map((word) => [word, value])),
    ),
  ]),
);

/** What a cell says in the field's own words, where it uses one that lists commonly use; else as it is. */
export const fieldWord = (field: ImportField, cell: string): string =>
  meanings.get(field)?.get(sameWord(cell)) ?? cell;

const languages = ["en", "zh", "zh-Hant", "de", "fr", "es", "it", "pt", "nl", "ru", "ja", "ko"];

const otherNames: Readonly<Record<string, CountryCode>> = {
  uk: "GB",
  greatbritain: "GB",
  england: "GB",
  scotland: "GB",
  wales: "GB",
  usa: "US",
  unitedstatesofamerica: "US",
  america: "US",
  prc: "CN",
  mainlandchina: "CN",
  peoplesrepublicofchina: "CN",
  中华人民共和国: "CN",
  holland: "NL",
  uae: "AE",
  korea: "KR",
  republicofkorea: "KR",
  czechrepublic: "CZ",
  turkey: "TR",
  russianfederation: "RU",
};

let countries: Map<string, CountryCode> | undefined;

/** The country of a name or an ISO 3166 two-letter code, in the languages above; undefined for any other word. */
export function countryOf(name: string): CountryCode | undefined {
  countries ??= new Map([
    ...languages.flatMap((language) => {
      const names = new Intl.DisplayNames([language], { type: "region" });
      return getCountries().map((code) => [sameWord(names.of(code) ?? code), code] as const);
    }),
    ...getCountries().map((code) => [sameWord(code), code] as const),
    ...(Object.entries(otherNames) as [string, CountryCode][]),
  ]);
  return countries.get(sameWord(name));
}

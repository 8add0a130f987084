/** A town of the demo's customers: with its districts, the region of its resident ids and its telephone area. */
export interface Town {
  readonly region: string;
  readonly districts: readonly string[];
  readonly idRegion: string;
  readonly area: string;
}

const town = (region: string, idRegion: string, area: string, ...districts: string[]): Town => ({
  region,
  districts,
  idRegion,
  area,
});

export const towns: readonly Town[] = [
  town("北京市", "110105", "10", "朝阳区", "海淀区", "东城区"),
  town("上海市", "310104", "21", "徐汇区", "静安区", "浦东新区"),
  town("天津市", "120101", "22", "和平区", "南开区", "河西区"),
  town("重庆市", "500103", "23", "渝中区", "江北区", "南岸区"),
  town("浙江省杭州市", "330106", "571", "西湖区", "上城区", "滨江区"),
  town("浙江省绍兴市", "330602", "575", "越城区", "柯桥区", "上虞区"),
  town("江苏省苏州市", "320508", "512", "姑苏区", "虎丘区", "吴中区"),
  town("江苏省南京市", "320106", "25", "鼓楼区", "玄武区", "秦淮区"),
  town("福建省福州市", "350102", "591", "鼓楼区", "台江区", "仓山区"),
  town("福建省泉州市", "350503", "595", "丰泽区", "鲤城区", "洛江区"),
  town("安徽省黄山市", "341002", "559", "屯溪区", "徽州区", "黄山区"),
  town("湖南省长沙市", "430102", "731", "芙蓉区", "岳麓区", "雨花区"),
  town("湖北省武汉市", "420106", "27", "武昌区", "江汉区", "洪山区"),
  town("广东省广州市", "440106", "20", "天河区", "越秀区", "海珠区"),
  town("广东省深圳市", "440304", "755", "福田区", "南山区", "罗湖区"),
  town("四川省成都市", "510104", "28", "锦江区", "青羊区", "武侯区"),
  town("云南省昆明市", "530102", "871", "五华区", "盘龙区", "官渡区"),
  town("陕西省西安市", "610113", "29", "雁塔区", "碑林区", "莲湖区"),
];

export interface Tea {
  readonly product: string;
  readonly specification: string;
  /** CNY a kilogram. */
  readonly price: number;
}

export const teas: readonly Tea[] = [
  { product: "West Lake Longjing", specification: "Picked before Qingming, tins of 250 g", price: 1680 },
  { product: "Biluochun", specification: "First grade, bags of 125 g", price: 1240 },
  { product: "Huangshan Maofeng", specification: "Special grade, bags of 250 g", price: 960 },
  { product: "Tieguanyin", specification: "Light roast, vacuum bags of 7 g", price: 720 },
  { product: "Da Hong Pao", specification: "Charcoal roast, tins of 100 g", price: 1480 },
  { product: "Bai Mudan", specification: "Spring, pressed cakes of 350 g", price: 540 },
  { product: "Keemun", specification: "Hao Ya A, boxes of 200 g", price: 880 },
  { product: "Pu'er", specification: "Ripe, aged five years, cakes of 357 g", price: 460 },
  { product: "Dianhong", specification: "Golden buds, bags of 500 g", price: 620 },
  { product: "Jasmine tea", specification: "Scented seven times, tins of 150 g", price: 580 },
];

/** Banks by the first digits of their cards. */
export const banks = [
  { name: "中国工商银行", card: "622202" },
  { name: "中国建设银行", card: "621700" },
  { name: "中国农业银行", card: "622848" },
  { name: "中国银行", card: "621660" },
  { name: "交通银行", card: "622262" },
  { name: "中国邮政储蓄银行", card: "621799" },
] as const;

/** First three digits of mobile numbers; staff have 199, customers never. */
export const mobilePrefixes = [
  ...[
    "130",
    "131",
    "132",
    "133",
    "135",
    "136",
    "137",
    "138",
    "139",
    "150",
    "151",
    "152",
    "157",
    "158",
    "159",
  ],
  ...["177", "180", "182", "185", "186", "187", "188", "189"],
] as const;

export const syllables = [
  ...["an", "bao", "chen", "dong", "fang", "gao", "han", "jia", "kai", "lan", "mei", "ning"],
  ...["ping", "qiu", "rong", "shu", "tian", "wen", "xue", "yun", "zhi"],
] as const;

export const needs = [
  "Monthly delivery to two shops",
  "Gift boxes before the Mid-Autumn festival",
  "Samples of the new harvest in April",
  "Tea for the office, small packages",
  "Private label packaging",
] as const;
export const preferences = [
  "Light roast",
  "Strong and dark",
  "Floral",
  "Aged teas only",
  "Organic certificate",
] as const;
export const sources = ["Trade fair", "Referral", "Web form", "Walk-in", "Partner shop"] as const;
export const complaints = [
  "Two tins arrived dented.",
  "Asks how to store the cakes in a humid room.",
  "The delivery came three days late.",
  "Praises the new packaging.",
  "Asks for the certificate of the batch.",
] as const;

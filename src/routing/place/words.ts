/** Peoples of China as they stand in names of divisions. Source: GB/T 3304. */
export const PEOPLES = (
  '蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 佤族 畲族 ' +
  '高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 ' +
  '塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族 ' +
  '蒙古 维吾尔 哈萨克 柯尔克孜 各族 民族'
).split(' ')

/** Kinds of a township by law. Streets are also written 办事处; a 地区 of Beijing is a township. */
export const TOWNSHIP_KINDS: Readonly<Record<string, number>> = {
  镇: 1,
  乡: 2,
  街道: 3,
  街道办事处: 3,
  街道办: 3,
  办事处: 3,
  苏木: 4,
  地区: 5,
  地区办事处: 5,
}

/** Kinds of a county. A county is recognised under each of them, since they change (海门市, 海门县, 海门区). */
export const COUNTY_KINDS = ['区', '县', '市', '旗', '自治县', '自治旗', '特区', '林区']

/** Kinds of a prefecture. */
export const PREFECTURE_KINDS = ['市', '州', '自治州', '地区', '盟']

/** Kinds of a province. */
export const PROVINCE_KINDS = ['省', '市', '自治区']

/** Kinds of a village; all name the same place. */
export const VILLAGE_KINDS = [
  '村',
  '村委会',
  '村委',
  '村民委员会',
  '社区',
  '居委会',
  '居委',
  '居民委员会',
  '社区居委会',
  '社区居民委员会',
]

/** Rows of the statistical lists that name no place. */
export const PLACEHOLDERS: ReadonlySet<string> = new Set([
  '市辖区',
  '县',
  '省直辖县级行政区划',
  '自治区直辖县级行政区划',
])

/** Bits of the levels that a kind after a stem can mean. */
export const MEANS = { province: 1, prefecture: 2, county: 4, township: 8, village: 16 } as const

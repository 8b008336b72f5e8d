/** Why a text led to a division, or why a person must choose. Codes are stable: pages and counts rely on them. */
export type ReasonCode = keyof typeof REASONS

/** What is added to a reason. */
export type NoteCode = keyof typeof NOTES

/** What the sentences speak of. */
export interface ReasonFacts {
  /** As it stands in the text. */
  readonly written: string
  /** The place that was found, from the county down: 海门区常乐镇. */
  readonly place: string
  /** How many choices there are. */
  readonly choices: number
}

export interface Reason {
  readonly code: ReasonCode
  readonly notes: readonly NoteCode[]
  /** The whole reason as sentences. */
  readonly zh: string
  readonly en: string
}

type Words = readonly [zh: (facts: ReasonFacts) => string, en: (facts: ReasonFacts) => string]

/** Puts a reason and its notes into words. */
export function reasonOf(code: ReasonCode, facts: ReasonFacts, notes: readonly Note[] = []): Reason {
  const sentences = [REASONS[code].words, ...notes.map((note) => NOTES[note.code])]
  const allFacts = [facts, ...notes.map((note) => ({ ...facts, ...note }))]
  const say = (language: 0 | 1) => sentences.map((words, i) => words[language](allFacts[i] ?? facts))
  return { code, notes: notes.map((note) => note.code), zh: say(0).join(''), en: say(1).join(' ') }
}

/** A note with the words it speaks of. */
export interface Note {
  readonly code: NoteCode
  /** Old name, code or responsible unit. */
  readonly written?: string
}

/** How sure a reason is: 1 certain, 0 nothing known. Below `0.7` no division is ever decided. */
export function confidenceOf(code: ReasonCode): number {
  return REASONS[code].confidence
}

const reason = (confidence: number, zh: Words[0], en: Words[1]) => ({ confidence, words: [zh, en] as Words })

const REASONS = {
  code: reason(
    1,
    (f) => `文中区划代码${f.written}即${f.place}。`,
    (f) => `The division code ${f.written} in the text is ${f.place}.`,
  ),
  code_ended: reason(
    0.95,
    (f) => `文中区划代码${f.written}已停用，现由${f.place}承接。`,
    (f) => `The division code ${f.written} in the text has ended; ${f.place} is its successor.`,
  ),
  county_and_township: reason(
    0.98,
    (f) => `文中写明县（市、区）和“${f.written}”，唯一对应${f.place}。`,
    (f) => `The text names the county and “${f.written}”; only ${f.place} fits.`,
  ),
  kind_changed: reason(
    0.85,
    (f) => `文中写作“${f.written}”，所在地同名的只有${f.place}，应为建制变更前的称呼。`,
    (f) => `The text says “${f.written}”; the only one of that name there is ${f.place}, whose kind has changed.`,
  ),
  county_and_short_name: reason(
    0.8,
    (f) => `文中在县（市、区）之后简称“${f.written}”，唯一对应${f.place}。`,
    (f) => `“${f.written}” right after the county is short for ${f.place} and for nothing else there.`,
  ),
  sounds_like: reason(
    0.75,
    (f) => `文中“${f.written}”在该县（市、区）没有，但与${f.place}读音相同。`,
    (f) => `There is no “${f.written}” in that county, but ${f.place} is pronounced the same.`,
  ),
  prefecture_and_township: reason(
    0.9,
    (f) => `文中写明地市和“${f.written}”，该地市内唯一对应${f.place}。`,
    (f) => `The text names the prefecture and “${f.written}”; only ${f.place} fits within it.`,
  ),
  province_and_township: reason(
    0.8,
    (f) => `文中写明省份和“${f.written}”，该省内唯一对应${f.place}。`,
    (f) => `The text names the province and “${f.written}”; only ${f.place} fits within it.`,
  ),
  own_county: reason(
    0.9,
    (f) => `文中未写县（市、区），“${f.written}”在全部名录中只有本地的${f.place}。`,
    (f) => `No county is named; the whole list has only one “${f.written}”, here in ${f.place}.`,
  ),
  unique_name: reason(
    0.75,
    (f) => `文中未写县（市、区），“${f.written}”在全部名录中只有${f.place}。`,
    (f) => `No county is named; the whole list has only one “${f.written}”, ${f.place}.`,
  ),
  nearest_county: reason(
    0.85,
    (f) => `文中的县（市、区）名不止一处，“${f.written}”按本地所在地市取${f.place}。`,
    (f) => `The county’s name exists more than once; “${f.written}” is taken as ${f.place} of our own prefecture.`,
  ),
  empty: reason(
    0,
    () => '没有填写地点。',
    () => 'No place was given.',
  ),
  nothing_found: reason(
    0,
    () => '文中没有找到已知的地名或区划代码，请转县级调度席核实。',
    () => 'No known place name or division code was found; the county’s triage desk has to ask.',
  ),
  origin_only: reason(
    0,
    () => '文中只有户籍、老家或途经、要去的地方，不能当作急难发生地。',
    () =>
      'The text names only where somebody is registered, comes from or goes to; that is not the place of emergency.',
  ),
  code_unknown: reason(
    0.2,
    (f) => `区划代码${f.written}不在名录中，请核对后选择。`,
    (f) => `The division code ${f.written} is not in the list; please check and choose.`,
  ),
  code_split: reason(
    0.4,
    (f) => `区划代码${f.written}已停用并拆分，请从${f.choices}个承接单位中选择。`,
    (f) => `The division code ${f.written} has ended and was split; choose among its ${f.choices} successors.`,
  ),
  code_and_name_disagree: reason(
    0.3,
    (f) => `区划代码${f.written}与文中地名不一致，请选择。`,
    (f) => `The division code ${f.written} and the name in the text disagree; please choose.`,
  ),
  ended_without_successor: reason(
    0.2,
    (f) => `${f.place}已撤销且没有登记承接单位，请选择。`,
    (f) => `${f.place} has ended and no successor is recorded; please choose.`,
  ),
  name_in_several_counties: reason(
    0.5,
    (f) => `“${f.written}”不止一处，文中未写明县（市、区），请从${f.choices}个中选择。`,
    (f) => `“${f.written}” exists more than once and no county decides it; choose among ${f.choices}.`,
  ),
  elsewhere_only: reason(
    0.4,
    (f) => `本地名录没有“${f.written}”，同名的在${f.place}，请确认。`,
    (f) => `Our own list has no “${f.written}”; ${f.place} has one. Please confirm.`,
  ),
  several_townships: reason(
    0.4,
    (f) => `文中写了不止一个乡镇（街道），可能在交界处，请从${f.choices}个中选择。`,
    (f) => `The text names more than one township, perhaps a border; choose among ${f.choices}.`,
  ),
  on_the_way: reason(
    0.4,
    (f) => `文中说在去“${f.written}”的路上，出事地点可能还没到那里，请确认。`,
    (f) => `The text says on the way to “${f.written}”, so it may have happened before it; please confirm.`,
  ),
  short_name_unsure: reason(
    0.4,
    (f) => `“${f.written}”可能是简称，也可能是店名、校名或路名，请确认。`,
    (f) => `“${f.written}” may be short for a township or the name of something else; please confirm.`,
  ),
  sound_unsure: reason(
    0.35,
    (f) => `“${f.written}”与名录中的乡镇（街道）读音相近，请确认。`,
    (f) => `“${f.written}” sounds like a township in the list; please confirm.`,
  ),
  unknown_county: reason(
    0.3,
    (f) => `“${f.written}”之前的县（市、区）不在名录中，请确认。`,
    (f) => `The county before “${f.written}” is not in the list; please confirm.`,
  ),
  longer_name: reason(
    0.3,
    (f) => `“${f.written}”前面还有字，可能是另一个更长的地名，请确认。`,
    (f) => `“${f.written}” may be the end of a longer name; please confirm.`,
  ),
  not_in_county: reason(
    0.3,
    (f) => `文中的上级地名与“${f.written}”不相符，名录中它不在那里，请选择。`,
    (f) => `The list does not have “${f.written}” in the place that the text names above it; please choose.`,
  ),
  county_only: reason(
    0.3,
    (f) => `文中只到${f.place}，没有乡镇（街道），请选择。`,
    (f) => `The text names ${f.place} but no township; please choose.`,
  ),
  several_counties: reason(
    0.2,
    (f) => `文中的县（市、区）不止一个，没有乡镇（街道），请从${f.choices}个中选择。`,
    (f) => `More than one county fits and no township is named; choose among ${f.choices}.`,
  ),
  prefecture_only: reason(
    0.15,
    (f) => `文中只到${f.place}，没有县（市、区）和乡镇（街道），请选择。`,
    (f) => `The text names ${f.place} but no county and no township; please choose.`,
  ),
  province_only: reason(
    0.1,
    (f) => `文中只到${f.place}，请补充县（市、区）和乡镇（街道）。`,
    (f) => `The text names only ${f.place}; county and township are missing.`,
  ),
  village_only: reason(
    0.4,
    (f) => `文中只有村（社区）名“${f.written}”，各地可能重名，请确认所在乡镇（街道）。`,
    (f) => `Only the village “${f.written}” is named, and villages share names; please confirm its township.`,
  ),
} as const

const NOTES = {
  old_name: [
    (f) => `“${f.written}”是旧名或旧码，已停用。`,
    (f) => `“${f.written}” is a former name or code and has ended.`,
  ],
  pseudo_unit: [
    (f) => `该区划是统计上的非法定乡级单位，责任单位为${f.written}。`,
    (f) => `This is a statistical unit and no township by law; ${f.written} is responsible for it.`,
  ],
  pseudo_unit_unmapped: [
    () => '该区划是统计上的非法定乡级单位，尚未登记责任单位。',
    () => 'This is a statistical unit and no township by law; no responsible unit is mapped yet.',
  ],
  village_unlisted: [
    (f) => `代码${f.written}中的村级部分不在名录中。`,
    (f) => `The village part of code ${f.written} is not in the list.`,
  ],
  origin_ignored: [
    () => '文中户籍、来处或去处未作为急难发生地。',
    () => 'Registration, origin or destination in the text was not taken as the place of emergency.',
  ],
} as const satisfies Record<string, Words>

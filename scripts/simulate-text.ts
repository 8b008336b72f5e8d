import { parseArgs } from 'node:util'
import { createExchangeControl } from '../src/platform/telephony/exchange/control-client.ts'
import { findExchange } from './exchange/find-exchange.ts'
import { fail } from './run/fail.ts'

const HELP = `npm run simulate-text -- --from NUMBER [--to NUMBER] --say TEXT

通过本地总机向热线发一条短信。
Sends a text message to the hotline through the local exchange.

--from NUMBER   who writes, in any spelling
--to NUMBER     the hotline; the exchange's first number by default
--say TEXT      the words

The exchange is found by EXCHANGE_URL, or by DATA_DIR/exchange.json.`

/** Sends one text and says whether the product took it. */
async function simulateText(): Promise<void> {
  const { values } = parseArgs({
    options: { from: { type: 'string' }, to: { type: 'string' }, say: { type: 'string' }, help: { type: 'boolean' } },
  })
  if (values.help === true) {
    console.log(HELP)
    return
  }
  const { url, number } = findExchange()
  const [from, to, text] = [values.from, values.to ?? number, values.say]
  if (from === undefined) throw new Error('请用 --from 给出发送号码 · Say who writes: --from NUMBER')
  if (to === undefined) throw new Error('请用 --to 给出热线号码 · Say which hotline gets it: --to NUMBER')
  if (text === undefined) throw new Error('请用 --say 给出短信内容 · Say what is written: --say TEXT')
  const { sid, unfinished } = await createExchangeControl(url).text({ from, to, text })
  if (unfinished !== undefined) throw new Error(`热线没有收下短信 · The hotline did not take the text: ${unfinished}`)
  console.log(`${sid}  ${from} → ${to}`)
}

await simulateText().catch((error: unknown) => fail(error instanceof Error ? new Error(error.message) : error))

import { parseArgs } from 'node:util'
import { createExchangeControl } from '../src/platform/telephony/exchange/control-client.ts'
import { findExchange } from './exchange/find-exchange.ts'
import { showCall } from './exchange/show-call.ts'
import { fail } from './run/fail.ts'

const HELP = `npm run simulate-call -- --from NUMBER [--to NUMBER] [--say TEXT]… [--press DIGITS] [--hang-up-after SECONDS]

通过本地总机打一个电话，逐行显示来电人听到和说的话。
Places a call through the local exchange and shows what its caller hears and says, until it is over.

--from NUMBER            who calls, in any spelling; anonymous for a withheld number
--to NUMBER              the hotline; the exchange's first number by default
--say TEXT               said when somebody listens: a menu, a message being recorded, the operator; may be repeated
--press DIGITS           keys pressed when a menu asks: 0-9 * #
--hang-up-after SECONDS  the caller gives up after so long

The exchange is found by EXCHANGE_URL, or by DATA_DIR/exchange.json. Ctrl-C hangs up.`

/** Places one call and shows it. */
async function simulateCall(): Promise<void> {
  const { values } = parseArgs({
    options: {
      from: { type: 'string' },
      to: { type: 'string' },
      say: { type: 'string', multiple: true },
      press: { type: 'string' },
      'hang-up-after': { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  if (values.help === true) {
    console.log(HELP)
    return
  }
  const { url, number } = findExchange()
  const [from, to] = [values.from, values.to ?? number]
  if (from === undefined) throw new Error('请用 --from 给出来电号码 · Say who calls: --from NUMBER')
  if (to === undefined) throw new Error('请用 --to 给出热线号码 · Say which hotline is called: --to NUMBER')
  const seconds = secondsOf(values['hang-up-after'])
  const control = createExchangeControl(url)
  const sid = await control.call({
    from,
    to,
    ...(values.say === undefined ? {} : { say: values.say }),
    ...(values.press === undefined ? {} : { press: values.press }),
    ...(seconds === undefined ? {} : { hangUpAfterSeconds: seconds }),
  })
  process.once('SIGINT', () => {
    control.hangUp(sid).catch(fail)
  })
  const { status, unfinished } = await showCall(control, sid, (line) => {
    console.log(line)
  })
  console.log(`${sid}  ${status}${unfinished === undefined ? '' : `  (${unfinished})`}`)
}

function secondsOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^\d{1,5}(\.\d+)?$/.test(text)) return Number(text)
  throw new Error(`--hang-up-after 应为秒数 · --hang-up-after is a number of seconds: ${text}`)
}

await simulateCall().catch((error: unknown) => fail(error instanceof Error ? new Error(error.message) : error))

import { expect } from 'chai'
import { tortureDeadlines } from '../../scripts/torture/deadline-rounds.ts'

describe('Deadlines - workers killed while clocks fall due', () => {
  it('every clock is missed exactly once, and what follows from it happens exactly once', async function () {
    this.timeout(120_000)
    const { MONGODB_URI: mongoUri = '', REDIS_URL: redisUrl = '' } = process.env
    const tally = await tortureDeadlines({ mongoUri, redisUrl, rounds: 1, cases: 20, kills: 1, log: () => undefined })
    expect(tally).to.deep.equal({ fired: 80, killed: 1 })
  })
})

import { expect } from 'chai'
import { tortureLedger } from '../../scripts/torture/ledger-rounds.ts'
import { withDatabase } from '../../scripts/run/services-environment.ts'

describe('Ledger - booking processes that die', function () {
  this.timeout(120_000)

  it('loses no acknowledged posting, doubles none, and keeps every answer, killed at random', async () => {
    const uri = withDatabase(process.env['MONGODB_URI']!, `jjn_test_torture_${process.pid}`)
    const tally = await tortureLedger({ uri, rounds: 1, orders: 40, crashes: ['random'], log: () => undefined })
    expect(tally.deaths).to.be.at.least(1)
    expect(tally.posted).to.be.above(40)
    expect(tally.refused).to.be.above(0)
  })
})

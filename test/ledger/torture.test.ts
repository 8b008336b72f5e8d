import { expect } from 'chai'
import { tortureLedger } from '../../scripts/torture/ledger-rounds.ts'
import { withDatabase } from '../../scripts/run/services-environment.ts'

describe('Ledger - booking processes that die', function () {
  this.timeout(240_000)

  it('loses no acknowledged posting, doubles none, and keeps every answer, dying right after and right before a commit', async () => {
    const uri = withDatabase(process.env['MONGODB_URI']!, `jjn_test_torture_${process.pid}`)
    const tally = await tortureLedger({ uri, rounds: 2, orders: 24, log: () => undefined })
    expect(tally.deaths).to.be.at.least(1)
    expect(tally.posted).to.be.above(50)
    expect(tally.refused).to.be.above(0)
  })
})

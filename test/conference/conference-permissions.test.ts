import { expect } from 'chai'
import type { ConferenceAction } from '../../src/conference/conference-permissions.ts'
import { CONFERENCE_PERMISSIONS } from '../../src/conference/conference-permissions.ts'
import { ROLES } from '../../src/shared/actor.ts'
import { filterFor, may } from '../../src/shared/permissions.ts'
import { anActor } from '../support/actors.ts'

const item = { county: '320614', unit: '320614107', calledUnits: ['320614', '320614-housing'] }

/** Who may, by role and unit; whoever is not named may not. */
const ALLOWED: Readonly<Record<ConferenceAction, readonly string[]>> = {
  'conference.read': [
    'secretary 320614',
    'chair 320614',
    'county_civil 320614',
    'member 320614',
    'member 320614-housing',
    'duty_officer 320614107',
    'deputy 320614107',
    'township_head 320614107',
  ],
  'conference.accept': ['county_civil 320614'],
  'conference.return': ['county_civil 320614', 'chair 320614'],
  'conference.schedule': ['secretary 320614'],
  'conference.opine': ['member 320614', 'member 320614-housing'],
  'conference.declare_interest': ['member 320614', 'member 320614-housing'],
  'conference.open': ['chair 320614'],
  'conference.resolve': ['secretary 320614'],
}

describe('Conference - permissions', () => {
  const units = ['320614', '320614-housing', '320614-health', '320614-charity', '320614107', '320614103']

  for (const [action, allowed] of Object.entries(ALLOWED) as [ConferenceAction, readonly string[]][])
    it(`lets ${action} be done by ${allowed.length} posts and nobody else`, () => {
      const may_ = units.flatMap((unit) =>
        ROLES.filter((role) => may(CONFERENCE_PERMISSIONS, anActor('320614', role, unit), action, item)).map(
          (role) => `${role} ${unit}`,
        ),
      )
      const countyWide = may_.filter((post) => !/^(secretary|chair|county_civil) 320614.+/.test(post))
      expect(countyWide).to.have.members(allowed)
    })

  it('keeps the chair of another county out', () => {
    const chair = anActor('371312', 'chair')
    expect(may(CONFERENCE_PERMISSIONS, chair, 'conference.read', item)).to.equal(false)
  })

  it('lists for a member what it was called to and for a township its own', () => {
    const member = anActor('320614', 'member', '320614-health')
    expect(filterFor(CONFERENCE_PERMISSIONS, member, 'conference.read')).to.include({ calledUnits: '320614-health' })
    const officer = anActor('320614', 'duty_officer', '320614103')
    expect(filterFor(CONFERENCE_PERMISSIONS, officer, 'conference.read')).to.include({ unit: '320614103' })
    expect(filterFor(CONFERENCE_PERMISSIONS, anActor('320614', 'observer'), 'conference.read')).to.deep.equal({
      _id: { $in: [] },
    })
  })
})

import { expect } from 'chai'
import { formView } from '../../../src/platform/views/index.ts'
import { testViews } from './test-views.ts'

describe('Platform - views - form view', () => {
  const present = testViews().presenterFor('zh-CN')

  it('says what is wrong with each field, as a message and as a link to the field', () => {
    const { errors, errorList } = formView(present, { errors: { phone: 'common:field.phone' } })
    expect(errors['phone']).to.match(/电话号码不完整/)
    expect(errorList).to.deep.equal([{ href: '#phone', text: errors['phone'] }])
  })

  it('puts a refusal of the whole form first', () => {
    const refusal = { code: 'version.stale', details: {} }
    const { errorList } = formView(present, { refusal, errors: { phone: 'common:field.phone' } })
    expect(errorList.map(({ href }) => href)).to.deep.equal([undefined, '#phone'])
    expect(errorList[0]?.text).to.match(/别人已经改过/)
  })

  it('makes a fresh key for each showing and keeps one whose outcome is unknown', () => {
    expect(formView(present).key).to.not.equal(formView(present).key)
    expect(formView(present, { unknownKey: 'k-12345678' })).to.include({ key: 'k-12345678', keepKey: true })
  })
})

import { expect } from 'chai'
import { passwordFault } from '../../../src/directory/sign-in/password-rules.ts'

describe('Directory - password rules', () => {
  const rows: readonly (readonly [password: string, account: string, fault: string | undefined])[] = [
    ['Regen-im-November', 'D-常乐', undefined],
    ['常乐镇值班室的水仙花开了', 'D-常乐', undefined],
    ['四月天下雨', 'D-常乐', 'too_short'],
    ['short', 'adm', 'too_short'],
    ['x'.repeat(129), 'adm', 'too_long'],
    ['zhangsanfeng', 'zhangsanfeng', 'account'],
    ['ZhangSanFeng2026', 'zhangsanfeng', 'account'],
    ['gnefnasgnahz', 'zhangsanfeng', 'account'],
    ['password2026!', 'adm', 'common'],
    ['P@ssw0rd2026', 'adm', 'common'],
    ['1234567890', 'adm', 'common'],
    ['9876543210', 'adm', 'common'],
    ['19880412101988', 'adm', 'common'],
    ['aaaaaaaaaaaa', 'adm', 'common'],
    ['abcdefghijkl', 'adm', 'common'],
  ]
  for (const [password, account, fault] of rows)
    it(`finds ${fault ?? 'nothing wrong'} in ${password.slice(0, 20)} for ${account}`, () => {
      expect(passwordFault(password, account)).to.equal(fault)
    })
})

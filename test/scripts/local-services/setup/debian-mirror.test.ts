import { expect } from 'chai'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findDebianSource, readLines, readStanzas } from '../../../../scripts/local-services/setup/debian-mirror.ts'
import { failureOf } from '../gateway/gateway-client.ts'

const DEBIAN = 'ID=debian\nVERSION_CODENAME=bookworm\n'

describe('Local services - Debian mirror', () => {
  let etc: string

  beforeEach(async () => {
    etc = await mkdtemp(join(tmpdir(), 'etc-'))
    await mkdir(join(etc, 'apt/sources.list.d'), { recursive: true })
  })
  afterEach(() => rm(etc, { recursive: true }))

  const put = (name: string, text: string): Promise<void> => writeFile(join(etc, name), text)

  it('reads sources in one line each, with options and comments', () => {
    const text = `# deb http://no.example/debian bookworm main
deb-src http://no.example/debian bookworm main
deb [arch=amd64 signed-by=/k.gpg] http://one.example/debian/ bookworm main contrib # here
deb cdrom:[Debian]/ bookworm main
`
    expect(readLines(text)).to.deep.equal([
      { mirror: 'http://one.example/debian/', suite: 'bookworm', components: ['main', 'contrib'] },
    ])
  })

  it('reads sources in stanzas, with continued fields, several suites and disabled ones', () => {
    const text = `# Comment
Types: deb deb-src
URIs: https://two.example/debian
Suites: bookworm
 bookworm-updates
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc

Enabled: no
Types: deb
URIs: https://off.example/debian
Suites: bookworm
Components: main
`
    expect(readStanzas(text)).to.deep.equal([
      { mirror: 'https://two.example/debian', suite: 'bookworm', components: ['main'] },
      { mirror: 'https://two.example/debian', suite: 'bookworm-updates', components: ['main'] },
    ])
  })

  it("takes the mirror of the machine's own release, and no other repository", async () => {
    await put('os-release', DEBIAN)
    await put('apt/sources.list.d/a-vendor.list', 'deb https://vendor.example/apt bookworm stable\n')
    await put(
      'apt/sources.list.d/b-tool.sources',
      'Types: deb\nURIs: https://tool.example\nSuites: any\nComponents: main\n',
    )
    await put(
      'apt/sources.list.d/debian.sources',
      'Types: deb\nURIs: http://deb.example/debian\nSuites: bookworm\nComponents: main\n',
    )
    expect((await findDebianSource(undefined, etc)).mirror).to.equal('http://deb.example/debian')
  })

  it('prefers the mirror that is named', async () => {
    await put('os-release', DEBIAN)
    await put('apt/sources.list', 'deb http://deb.example/debian bookworm main\n')
    expect((await findDebianSource('http://named.example/debian/', etc)).mirror).to.equal('http://named.example/debian')
  })

  it('says what to set on a machine that is not Debian, or names no mirror', async () => {
    for (const release of ['ID=ubuntu\nID_LIKE=debian\nVERSION_CODENAME=noble\n', DEBIAN]) {
      await put('os-release', release)
      const failure = await failureOf(findDebianSource(undefined, etc))
      expect(failure).to.include({ name: 'Refusal', code: 'mirror.unknown' })
      expect(failure.message).to.contain('DEBIAN_MIRROR').and.to.contain('MONGODB_URI').and.to.contain('REDIS_URL')
      expect(failure.message).to.not.contain('\n')
    }
  })
})

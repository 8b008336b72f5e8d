import { expect } from 'chai'
import express from 'express'
import request from 'supertest'
import { fileField, fileForms } from '../../../src/platform/http/index.ts'

describe('Platform - forms with files', () => {
  const app = express()
  app.use(...fileForms)
  app.post('/', (req, res) => void res.json(req.body))
  app.use(((_error, _req, res, _next) => res.sendStatus(400)) as express.ErrorRequestHandler)

  it('gives a file as base64 text beside the other fields', async () => {
    const answer = await request(app)
      .post('/')
      .field('_key', 'k-1')
      .field('order', 'a')
      .field('order', 'b')
      .attach('file', Buffer.from([0xd0, 0xd5, 0x00]), 'answer.csv')
    const body = answer.body as { file: string }
    expect(body).to.deep.equal({
      _key: 'k-1',
      order: ['a', 'b'],
      file: Buffer.from([0xd0, 0xd5, 0]).toString('base64'),
    })
    expect([...fileField('x').parse(body.file)]).to.deep.equal([0xd0, 0xd5, 0])
  })

  it('says that a file is missing when none was chosen', async () => {
    const answer = await request(app).post('/').attach('file', Buffer.alloc(0), '')
    const read = fileField('bank:missing').safeParse((answer.body as { file?: string }).file)
    expect(read.error?.issues[0]?.message).to.equal('bank:missing')
  })

  it('refuses what is no form, and what is too large', async () => {
    const broken = await request(app).post('/').set('content-type', 'multipart/form-data; boundary=x').send('--y\r\n')
    expect(broken.status).to.equal(400)
    const large = await request(app).post('/').attach('file', Buffer.alloc(500_000), 'large.csv')
    expect(large.status).to.equal(400)
  })
})

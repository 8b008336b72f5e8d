import express from 'express'
import type { Router } from 'express'
import { notFound } from './rest-error.ts'
import { restPage } from './rest-page.ts'
import type { RestShapes } from './rest-shapes.ts'
import type { Switchboard } from './switchboard.ts'
import { toneWav } from './wav.ts'

/** Recordings of the account: find, list, delete, and their sound. */
export function recordingsRestRouter(x: Switchboard, shapes: RestShapes): Router {
  const router = express.Router()

  router.get('/Recordings.json', (request, response) => {
    response.json(restPage('recordings', request.originalUrl, [...x.recordings.all()].reverse(), shapes.recording))
  })

  router.get('/Recordings/:sid.json', (request, response) => {
    const recording = x.recordings.get(request.params.sid)
    if (recording === undefined) throw notFound(request.originalUrl)
    response.json(shapes.recording(recording))
  })

  router.delete('/Recordings/:sid.json', (request, response) => {
    if (x.recordings.get(request.params.sid) === undefined) throw notFound(request.originalUrl)
    x.recordings.remove(request.params.sid)
    response.status(204).end()
  })

  router.get('/Recordings/:name', (request, response) => {
    const recording = x.recordings.get(request.params.name.replace(/\.wav$/, ''))
    if (recording === undefined) throw notFound(request.originalUrl)
    response.type('audio/wav').send(toneWav(recording.seconds))
  })

  return router
}

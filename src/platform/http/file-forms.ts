import type { Request, RequestHandler } from 'express'
import express from 'express'
import { z } from 'zod'
import { DomainError } from '../../shared/errors.ts'

/** Largest body of a form with a file. */
const LARGEST_BODY = '400kb'

/**
 * Reads forms that carry a file. A file becomes a field like any other, its bytes as base64 text, so that pages and the API send the same
 * and the same schema reads it (`fileField`).
 */
export const fileForms: readonly RequestHandler[] = [
  express.raw({ type: 'multipart/form-data', limit: LARGEST_BODY }),
  async (req, _res, next) => {
    if (Buffer.isBuffer(req.body)) req.body = await fieldsOf(req, req.body)
    next()
  },
]

/**
 * A file as a page or the API sends it: base64 text.
 *
 * @param missing - message key when nothing was chosen
 */
export function fileField(missing: string): z.ZodType<Buffer> {
  return z
    .string(missing)
    .min(1, missing)
    .regex(/^[A-Za-z0-9+/]*={0,2}$/, missing)
    .transform((text) => Buffer.from(text, 'base64'))
}

async function fieldsOf(req: Request, body: Buffer): Promise<Record<string, string | string[]>> {
  const fields = new Map<string, string[]>()
  for (const [name, value] of await formOf(req, body)) {
    const text = typeof value === 'string' ? value : Buffer.from(await value.arrayBuffer()).toString('base64')
    fields.set(name, [...(fields.get(name) ?? []), text])
  }
  return Object.fromEntries([...fields].map(([name, texts]) => [name, texts.length === 1 ? (texts[0] ?? '') : texts]))
}

/** The platform's own reader of such forms. @throws DomainError `request.unreadable` */
async function formOf(req: Request, body: Buffer): Promise<FormData> {
  try {
    const form = new Response(new Uint8Array(body), { headers: { 'content-type': req.get('content-type') ?? '' } })
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- warned of because it does not stream; the body is small and bounded above
    return await form.formData()
  } catch {
    throw new DomainError('request.unreadable', 'The form cannot be read')
  }
}

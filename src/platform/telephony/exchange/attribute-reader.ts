import type { Address, HttpMethod } from './verb.ts'
import type { XmlElement } from './xml.ts'

/** Reads one element's attributes, each with its default; what makes no sense is a warning and the default. */
export interface AttributeReader {
  text(name: string): string | undefined
  /** The attribute as a property of the same name, absent when it is missing. */
  present<Name extends string>(name: Name): { readonly [K in Name]?: string }
  /** A whole number from 0 on. */
  count(name: string, otherwise: number): number
  flag(name: string, otherwise: boolean): boolean
  method(name: string): HttpMethod
  /** An address with its method (`action` and `method`, `waitUrl` and `waitUrlMethod`), absent when it is missing. */
  address<Name extends string>(property: Name, attribute?: string): { readonly [K in Name]?: Address }
}

/** Attributes whose method is called simply `method`. */
const PLAIN_METHOD = new Set(['action', 'url'])

/** A reader of this element's attributes that puts what is odd into `warnings`. */
export function createAttributeReader({ name: tag, attributes }: XmlElement, warnings: string[]): AttributeReader {
  const text = (name: string) => attributes.get(name)
  const odd = (name: string) => warnings.push(`${name}="${text(name) ?? ''}" of <${tag}> makes no sense`)
  const method = (name: string): HttpMethod => (text(name)?.toUpperCase() === 'GET' ? 'GET' : 'POST')

  return {
    text,
    method,
    present<Name extends string>(name: Name) {
      const value = text(name)
      return (value === undefined ? {} : { [name]: value }) as { readonly [K in Name]?: string }
    },
    count(name, otherwise) {
      const value = text(name)
      if (value === undefined || value === 'auto') return otherwise
      if (/^\d{1,6}$/.test(value)) return Number(value)
      odd(name)
      return otherwise
    },
    flag(name, otherwise) {
      const value = text(name)
      if (value === undefined) return otherwise
      if (value !== 'true' && value !== 'false') odd(name)
      return value === 'true'
    },
    address<Name extends string>(property: Name, attribute: string = property) {
      const url = text(attribute)?.trim()
      const named = method(PLAIN_METHOD.has(attribute) ? 'method' : `${attribute}Method`)
      return (url === undefined ? {} : { [property]: { url, method: named } }) as { readonly [K in Name]?: Address }
    },
  }
}

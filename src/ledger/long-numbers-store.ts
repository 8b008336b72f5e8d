import { Long } from 'mongodb'

/**
 * A copy in which every whole number is a 64-bit integer.
 *
 * The driver writes a JavaScript number above 2³¹ as a floating-point double; money must not take that road. Read back, the driver
 * gives plain numbers again.
 */
export function withLongs<Value>(value: Value): Value {
  return convert(value) as Value
}

function convert(value: unknown): unknown {
  if (typeof value === 'number') return Long.fromNumber(value)
  if (Array.isArray(value)) return value.map(convert)
  if (typeof value !== 'object' || value === null) return value
  const copy: Record<string, unknown> = {}
  for (const [key, member] of Object.entries(value)) copy[key] = convert(member)
  return copy
}

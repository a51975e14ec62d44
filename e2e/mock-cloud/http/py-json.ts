/** JSON with the spaces Python puts after commas and colons, non-ASCII characters as they are. */
export function pyJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(pyJson).join(', ')}]`
  if (typeof value === 'object' && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined)
    return `{${fields.map(([key, field]) => `${JSON.stringify(key)}: ${pyJson(field)}`).join(', ')}}`
  }
  return JSON.stringify(value)
}

/** A value as Python shows it in a sentence; simple values only. */
export function pyRepr(value: unknown): string {
  if (value === null) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'string') return `'${value}'`
  return pyJson(value)
}

/** The same text with everything beyond ASCII escaped, as in Glance's error bodies. */
export function asciiOnly(json: string): string {
  return json.replace(/[\u007f-\uffff]/g, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

/** Parameters as Python's urlencode writes them. */
export function pyUrlEncode(params: Iterable<[string, string]>): string {
  return [...params].map(([key, value]) => `${quotePlus(key)}=${quotePlus(value)}`).join('&')
}

function quotePlus(text: string): string {
  const escaped = encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return escaped.replaceAll('%20', '+')
}

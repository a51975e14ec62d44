type Row<Act> = { parts: string[]; methods: Map<string, Act> }

export type Found<Act> = {
  methods: Map<string, Act>
  /** What stood in the places of `{}`, in order. */
  ids: string[]
}

/** Finds what to do for a path. Built once from lines such as `GET images/{}/members`; `{}` is any non-empty part. */
export class RouteTable<Act> {
  readonly #rows = new Map<number, Row<Act>[]>()

  constructor(lines: Readonly<Record<string, Act>>) {
    for (const [line, act] of Object.entries(lines)) {
      const [method = '', path = ''] = line.split(' ')
      const parts = path.split('/')
      const sameLength = this.#rows.get(parts.length) ?? []
      this.#rows.set(parts.length, sameLength)
      const known = sameLength.find((row) => row.parts.join('/') === path)
      if (known) known.methods.set(method, act)
      else sameLength.push({ parts, methods: new Map([[method, act]]) })
    }
  }

  /** The first line that fits, fixed words before `{}` only by the order in which the lines were given. */
  find(parts: string[]): Found<Act> | null {
    for (const row of this.#rows.get(parts.length) ?? []) {
      const fits = row.parts.every((part, at) => (part === '{}' ? parts[at] !== '' : part === parts[at]))
      if (fits) return { methods: row.methods, ids: parts.filter((_, at) => row.parts[at] === '{}') }
    }
    return null
  }
}

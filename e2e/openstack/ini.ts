/** Sections of an ini file, each with its options. */
export type Settings = Record<string, Record<string, string | number | boolean>>

/** The text of an ini file as oslo.config, PasteDeploy and uWSGI read it. */
export function toIni(settings: Settings): string {
  return Object.entries(settings)
    .map(([section, options]) => {
      const lines = Object.entries(options).map(([name, value]) => `${name} = ${value}`)
      return `[${section}]\n${lines.join('\n')}\n`
    })
    .join('\n')
}

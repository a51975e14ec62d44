/**
 * The environment of the system's own Python programs: nothing of the caller's (another Python in PATH, proxies,
 * OS_* settings), and a home directory of their own to cache in.
 */
export function systemEnvironment(home: string): Record<string, string> {
  return {
    PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    HOME: home,
    LANG: 'C.UTF-8',
  }
}

import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toIni } from './ini.ts'
import type { ProcessSet } from './process-set.ts'
import type { Child } from './processes.ts'
import { systemEnvironment } from './system-environment.ts'

/** A WSGI application of Debian's python3 and how many processes and threads serve it. */
interface Application {
  name: string
  directory: string
  log: string
  port: number
  import: string
  call: string
  env: Record<string, string>
  processes: number
  threads: number
}

/** Writes the uWSGI configuration and the small WSGI module into the application's directory and starts uWSGI. */
export function startUwsgi(processes: ProcessSet, app: Application): Child {
  const module = join(app.directory, 'application.py')
  writeFileSync(module, `from ${app.import} import ${app.call}\n\napplication = ${app.call}()\n`)
  const settings = {
    uwsgi: {
      plugins: 'python3',
      'wsgi-file': module,
      'http-socket': `127.0.0.1:${app.port}`,
      master: true,
      'need-app': true,
      'lazy-apps': true,
      'enable-threads': true,
      processes: app.processes,
      threads: app.threads,
      listen: 100,
      'buffer-size': 65535,
      'http-auto-chunked': true,
      'http-chunked-input': true,
      'http-raw-body': true,
      'wsgi-manage-chunked-input': true,
      // One request per connection: an idle connection would hold a thread.
      'add-header': 'Connection: close',
      'die-on-term': true,
      'no-orphans': true,
      'disable-logging': true,
      'log-4xx': true,
      'log-5xx': true,
    },
  }
  const ini = join(app.directory, 'uwsgi.ini')
  writeFileSync(ini, toIni(settings))
  const env = { ...systemEnvironment(app.directory), ...app.env }
  return processes.start({
    name: app.name,
    command: '/usr/bin/uwsgi',
    args: ['--ini', ini],
    log: app.log,
    env,
  })
}

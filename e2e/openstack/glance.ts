import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { glancePipeline } from './glance-pipeline.ts'
import { toIni } from './ini.ts'
import type { ProcessSet } from './process-set.ts'
import type { Child } from './processes.ts'
import { systemEnvironment } from './system-environment.ts'
import { startUwsgi } from './uwsgi.ts'

/** Where Glance lives, what it connects to and the user it validates tokens with. */
interface GlanceOptions {
  directory: string
  port: number
  region: string
  database: string
  authUrl: string
  memberQuota: number
  /** Images on one page of a list, at most. */
  apiLimitMax: number
  secureRbac: boolean
  service: { username: string; password: string; project: string }
}

/** Glance, configured in its own directory but with an empty database and not running. */
interface Glance {
  makeTables(): Promise<void>
  start(): Child
}

const MANAGE = 'import sys; from glance.cmd.manage import main; sys.exit(main())'
const FOLDERS = ['images', 'staging', 'tasks', 'cache', 'locks', 'policies']

/** Writes Glance's configuration into a new directory. */
export function configureGlance(processes: ProcessSet, options: GlanceOptions): Glance {
  const { directory, port } = options
  const config = join(directory, 'glance-api.conf')
  mkdirSync(directory, { mode: 0o700 })
  for (const name of FOLDERS) mkdirSync(join(directory, name))
  writeFileSync(config, toIni(settings(options)))
  writeFileSync(join(directory, 'glance-api-paste.ini'), toIni(glancePipeline))
  return {
    makeTables: () =>
      processes.run({
        name: 'glance-manage db_sync',
        command: '/usr/bin/python3',
        args: ['-c', MANAGE, '--config-file', config, 'db_sync'],
        env: systemEnvironment(directory),
        log: join(directory, 'db_sync.log'),
      }),
    start: () =>
      startUwsgi(processes, {
        name: 'Glance',
        directory,
        log: join(directory, 'glance.log'),
        port,
        import: 'glance.common.wsgi_app',
        call: 'init_app',
        env: { OS_GLANCE_CONFIG_DIR: directory },
        processes: 2,
        threads: 4,
      }),
  }
}

function settings(options: GlanceOptions) {
  const inside = (name: string) => join(options.directory, name)
  return {
    DEFAULT: {
      enabled_backends: 'file:file',
      image_member_quota: options.memberQuota,
      api_limit_max: options.apiLimitMax,
      // Only with a cache directory does Glance name its newest API version, 2.16.
      image_cache_dir: inside('cache'),
      enforce_secure_rbac: options.secureRbac,
    },
    database: { connection: options.database },
    glance_store: { default_backend: 'file' },
    file: { filesystem_store_datadir: inside('images') },
    os_glance_staging_store: { filesystem_store_datadir: inside('staging') },
    os_glance_tasks_store: { filesystem_store_datadir: inside('tasks') },
    paste_deploy: { flavor: 'keystone', config_file: inside('glance-api-paste.ini') },
    keystone_authtoken: {
      www_authenticate_uri: options.authUrl,
      auth_url: options.authUrl,
      auth_type: 'password',
      username: options.service.username,
      password: options.service.password,
      project_name: options.service.project,
      user_domain_name: 'Default',
      project_domain_name: 'Default',
      region_name: options.region,
      service_type: 'image',
    },
    oslo_concurrency: { lock_path: inside('locks') },
    oslo_policy: {
      policy_dirs: inside('policies'),
      enforce_new_defaults: options.secureRbac,
      enforce_scope: options.secureRbac,
    },
  }
}

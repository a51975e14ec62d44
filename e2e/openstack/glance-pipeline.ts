import type { Settings } from './ini.ts'

/** Glance's own middleware as its distribution arranges it for Keystone (glance-api-paste.ini, flavor "keystone"). */
export const glancePipeline: Settings = {
  'pipeline:glance-api-keystone': {
    pipeline: 'cors healthcheck http_proxy_to_wsgi versionnegotiation osprofiler authtoken context rootapp',
  },
  'composite:rootapp': {
    'paste.composite_factory': 'glance.api:root_app_factory',
    '/': 'apiversions',
    '/v2': 'apiv2app',
  },
  'app:apiversions': { 'paste.app_factory': 'glance.api.versions:create_resource' },
  'app:apiv2app': { 'paste.app_factory': 'glance.api.v2.router:API.factory' },
  'filter:healthcheck': {
    'paste.filter_factory': 'oslo_middleware:Healthcheck.factory',
    backends: 'disable_by_file',
    disable_by_file_path: '/etc/glance/healthcheck_disable',
  },
  'filter:versionnegotiation': {
    'paste.filter_factory': 'glance.api.middleware.version_negotiation:VersionNegotiationFilter.factory',
  },
  'filter:context': { 'paste.filter_factory': 'glance.api.middleware.context:ContextMiddleware.factory' },
  'filter:authtoken': {
    'paste.filter_factory': 'keystonemiddleware.auth_token:filter_factory',
    delay_auth_decision: true,
  },
  'filter:osprofiler': { 'paste.filter_factory': 'osprofiler.web:WsgiMiddleware.factory' },
  'filter:cors': {
    'paste.filter_factory': 'oslo_middleware.cors:filter_factory',
    oslo_config_project: 'glance',
    oslo_config_program: 'glance-api',
  },
  'filter:http_proxy_to_wsgi': { 'paste.filter_factory': 'oslo_middleware:HTTPProxyToWSGI.factory' },
}

import { glanceTime } from '../clock.ts'
import { shownVisibility } from '../glance/membership.ts'
import { stableId } from '../ids.ts'
import type { Image } from '../records.ts'

/** A row of `/v2/cloudimages`. Flags and sizes are texts; `size` is always 0, hashes and a virtual size are missing. */
export function imageRow(image: Image): Record<string, unknown> {
  const { fullServer, encrypted, market } = image.ims
  return {
    ...osFields(image),
    ...(encrypted ? { __system__cmkid: stableId('key', image.id) } : {}),
    ...(fullServer
      ? { __whole_image: 'true', __data_origin: `server_backup,${stableId('backup', image.id)}` }
      : {}),
    ...(fullServer === 'cbr' ? { __backup_id: stableId('backup', image.id) } : {}),
    ...(market ? { __productcode: stableId('product', image.id), __system_support_market: 'true' } : {}),
    ...ownProperties(image),
    id: image.id,
    name: image.name,
    owner: image.owner,
    status: image.status,
    visibility: shownVisibility('any', image),
    __imagetype: imageType(image),
    __isregistered: 'true',
    __image_source_type: 'uds',
    __image_size: image.size === null ? '' : `${image.size}`,
    __lazyloading: 'true',
    __support_kvm: 'true',
    virtual_env_type: image.disk_format === 'iso' ? 'IsoImage' : 'FusionCompute',
    enterprise_project_id: '0',
    size: 0,
    min_disk: image.min_disk,
    min_ram: image.min_ram,
    max_ram: '',
    disk_format: 'zvhd2',
    container_format: image.container_format,
    protected: image.protected,
    tags: image.tags,
    active_at: glanceTime(image.created_at),
    created_at: glanceTime(image.created_at),
    updated_at: glanceTime(image.updated_at),
    self: `/v2/images/${image.id}`,
    file: `/v2/images/${image.id}/file`,
    schema: '/v2/schemas/image',
  }
}

function imageType(image: Image): string {
  if (image.ims.market) return 'market'
  const visibility = shownVisibility('any', image)
  return visibility === 'public' ? 'gold' : visibility
}

const PLATFORMS: Readonly<Record<string, string>> = {
  ubuntu: 'Ubuntu',
  debian: 'Debian',
  rocky: 'Rocky Linux',
  almalinux: 'AlmaLinux',
  rhel: 'RedHat',
  sles: 'SUSE',
  opensuse: 'OpenSUSE',
  fedora: 'Fedora',
  centos: 'CentOS',
  windows: 'Windows',
}

/** What the owner set; the system is told in fields of IMS alone. */
function ownProperties(image: Image): Record<string, string> {
  const { os_distro: _distro, os_version: _version, ...own } = image.properties
  return own
}

function osFields(image: Image): Record<string, string> {
  const { os_distro: distro = '', os_version: version = '' } = image.properties
  const platform = PLATFORMS[distro] ?? 'Other'
  const type = distro === 'windows' ? 'Windows' : platform === 'Other' ? 'Other' : 'Linux'
  return {
    __os_type: type,
    __platform: platform,
    __os_version: `${platform} ${version}`.trim(),
    __os_bit: '64',
    __os_feature_list: '{"onekey_resetpasswd":"true"}',
  }
}

import { pyJson } from '../http/py-json.ts'

const UUID = '^([0-9a-fA-F]){8}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){4}-([0-9a-fA-F]){12}$'
const text = (description: string, more: object = {}) => ({ type: 'string', description, ...more })
const readOnly = { readOnly: true, type: 'string' }

const member = {
  name: 'member',
  properties: {
    member_id: text('An identifier for the image member (tenantId)'),
    image_id: text('An identifier for the image', { pattern: UUID }),
    created_at: text('Date and time of image member creation'),
    updated_at: text('Date and time of last modification of image member'),
    status: text('The status of this image member', { enum: ['pending', 'accepted', 'rejected'] }),
    schema: readOnly,
  },
}

const nullable = (type: string, description: string) => ({ type: ['null', type], description })

const image = {
  name: 'image',
  properties: {
    id: text('An identifier for the image', { pattern: UUID }),
    name: { ...nullable('string', 'Descriptive name for the image'), maxLength: 255 },
    status: text('Status of the image', { readOnly: true }),
    visibility: text('Scope of image accessibility', { enum: ['community', 'public', 'private', 'shared'] }),
    protected: { type: 'boolean', description: 'If true, image will not be deletable.' },
    os_hidden: {
      type: 'boolean',
      description: 'If true, image will not appear in default image list response.',
    },
    checksum: { ...nullable('string', 'md5 hash of image contents.'), readOnly: true },
    os_hash_algo: { ...nullable('string', 'Algorithm to calculate the os_hash_value'), readOnly: true },
    os_hash_value: { ...nullable('string', 'Hexdigest of the image contents'), readOnly: true },
    owner: nullable('string', 'Owner of the image'),
    size: { ...nullable('integer', 'Size of image file in bytes'), readOnly: true },
    virtual_size: { ...nullable('integer', 'Virtual size of image in bytes'), readOnly: true },
    container_format: nullable('string', 'Format of the container'),
    disk_format: nullable('string', 'Format of the disk'),
    created_at: text('Date and time of image registration', { readOnly: true }),
    updated_at: text('Date and time of the last image modification', { readOnly: true }),
    stores: text('Store in which image data resides', { readOnly: true }),
    direct_url: text('URL to access the image file kept in external store', { readOnly: true }),
    locations: {
      type: 'array',
      description: 'A set of URLs to access the image file',
      items: { type: 'object' },
    },
    tags: {
      type: 'array',
      description: 'List of strings related to the image',
      items: { type: 'string', maxLength: 255 },
    },
    min_ram: { type: 'integer', description: 'Amount of ram (in MB) required to boot image.' },
    min_disk: { type: 'integer', description: 'Amount of disk space (in GB) required to boot image.' },
    self: readOnly,
    file: readOnly,
    schema: readOnly,
  },
  additionalProperties: { type: 'string' },
  links: [
    { rel: 'self', href: '{self}' },
    { rel: 'enclosure', href: '{file}' },
    { rel: 'describedby', href: '{schema}' },
  ],
}

function collection(name: string, item: object, links: object[]): object {
  const end = { first: { type: 'string' }, next: { type: 'string' }, schema: { type: 'string' } }
  const properties = {
    [name]: { type: 'array', items: item },
    ...(name === 'members' ? { schema: end.schema } : end),
  }
  return { name, properties, links }
}

const describedBy = { rel: 'describedby', href: '{schema}' }

/** The texts at `/v2/schemas/{name}`. */
export const SCHEMAS: Readonly<Record<string, string>> = {
  member: pyJson(member),
  members: pyJson(collection('members', member, [describedBy])),
  image: pyJson(image),
  images: pyJson(
    collection('images', image, [
      { rel: 'first', href: '{first}' },
      { rel: 'next', href: '{next}' },
      describedBy,
    ]),
  ),
}

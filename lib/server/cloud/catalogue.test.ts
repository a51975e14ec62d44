import { describe, expect, test } from 'vitest'
import { type Catalogue, imageEndpoint, imageRegions, isTrusted } from './catalogue'
import { CloudError } from './cloud-error'

const trusted = (text: string, auth: string, allowed: string[] = []) => {
  const url = URL.parse(text)
  return url !== null && isTrusted(url, new URL(auth), allowed)
}
const named = 'https://iam.cloud.example.org/v3'

describe('[U1] [U4] an address from the catalogue', () => {
  test.each([
    ['the same host', 'https://iam.cloud.example.org/image', named],
    ['the same host, another port', 'https://iam.cloud.example.org:9292', named],
    ['a sibling', 'https://image.cloud.example.org/v2', named],
    ['a cousin below the parent', 'https://ims.eu-de.cloud.example.org', named],
    ['a sibling in other letters', 'https://IMAGE.Cloud.Example.ORG', named],
    ['https after http', 'https://image.cloud.example.org', named.replace('https', 'http')],
    ['the same address in figures', 'http://192.0.2.10:9292', 'http://192.0.2.10:5000/v3'],
    ['the same address written oddly', 'http://0xC000020A:9292', 'http://192.0.2.10:5000/v3'],
    ['the same IPv6 address', 'http://[2001:db8::1]:9292', 'http://[2001:db8:0::1]:5000/v3'],
    ['the same short name', 'http://controller:9292', 'http://controller:5000/v3'],
  ])('is trusted: %s', (_why, url, auth) => {
    expect(trusted(url, auth)).toBe(true)
  })

  test.each([
    ['another domain', 'https://image.example.com'],
    ['the parent itself', 'https://cloud.example.org'],
    ['the grandparent', 'https://www.example.org'],
    ['the parent as a beginning', 'https://cloud.example.org.evil.example'],
    ['the host as a beginning', 'https://iam.cloud.example.org.evil.example'],
    ['the parent as an end without a dot', 'https://evilcloud.example.org'],
    ['the host in the user part', 'https://iam.cloud.example.org@evil.example/'],
    ['a user on the host itself', 'https://user@iam.cloud.example.org/'],
    ['a password on the host itself', 'https://:secret@iam.cloud.example.org/'],
    ['the host behind a backslash', 'https://evil.example\\@iam.cloud.example.org/'],
    ['the host in the path', 'https://evil.example/iam.cloud.example.org'],
    ['a trailing dot', 'https://iam.cloud.example.org./'],
    ['http after https', 'http://iam.cloud.example.org/'],
    ['http after https, a sibling', 'http://image.cloud.example.org/'],
    ['another scheme', 'ftp://iam.cloud.example.org/'],
    ['a file', 'file:///etc/passwd'],
    ['data', 'data:text/plain,x'],
    ['the metadata address', 'https://169.254.169.254/'],
    ['the metadata address, decimal', 'https://2852039166/'],
    ['the metadata address, hexadecimal', 'https://0xa9fea9fe/'],
    ['the metadata address, octal', 'https://0251.0376.0251.0376/'],
    ['the metadata address, short', 'https://169.254.43518/'],
    ['the metadata address, full-width digits', 'https://１６９.２５４.１６９.２５４/'],
    ['the metadata address in IPv6', 'https://[::ffff:169.254.169.254]/'],
    ['loopback', 'https://127.0.0.1/'],
    ['loopback, short', 'https://127.1/'],
    ['loopback by name', 'https://localhost/'],
    ['loopback in IPv6', 'https://[::1]/'],
    ['a look-alike in Cyrillic', 'https://iam.сloud.example.org/'],
    ['a full-width dot leads elsewhere', 'https://evil。example/'],
  ])('is refused: %s', (_why, url) => {
    expect(trusted(url, named)).toBe(false)
  })

  test.each([
    ['a sibling of an address', 'http://192.0.2.11:9292', 'http://192.0.2.10:5000/v3'],
    ['the network of an address', 'http://5.192.0.2', 'http://1.192.0.2:5000/v3'],
    ['another IPv6 address', 'http://[2001:db8::2]', 'http://[2001:db8::1]:5000/v3'],
    ['everything below a top-level domain', 'https://evil.org', 'https://cloud.org/v3'],
    ['another short name', 'http://other:9292', 'http://controller:5000/v3'],
    ['what ends like a short name', 'http://evil.controller', 'http://controller:5000/v3'],
  ])('has no family where there is none: %s', (_why, url, auth) => {
    expect(trusted(url, auth)).toBe(false)
  })

  test('of the allow-list is trusted by its exact origin alone', () => {
    const allowed = ['https://images.example.com', 'http://198.51.100.7:9292']
    expect(trusted('https://images.example.com/v2', named, allowed)).toBe(true)
    expect(trusted('https://images.example.com:443/v2', named, allowed)).toBe(true)
    expect(trusted('http://198.51.100.7:9292', named, allowed)).toBe(true)
    expect(trusted('https://images.example.com:8443/', named, allowed)).toBe(false)
    expect(trusted('http://images.example.com/', named, allowed)).toBe(false)
    expect(trusted('https://x.images.example.com/', named, allowed)).toBe(false)
    expect(trusted('https://user@images.example.com/', named, allowed)).toBe(false)
  })
})

const service = (type: string, ...endpoints: Catalogue[number]['endpoints']) => ({ type, endpoints })
const at = (region: string | null, url: string, kind = 'public') => ({
  interface: kind,
  region_id: region,
  url,
})
const cloud = { authUrl: named, imageEndpointOverride: null }
const sibling = 'https://image.cloud.example.org'

describe('the image service', () => {
  test.each([
    ['without a version', sibling, sibling],
    ['with one', `${sibling}/v2`, sibling],
    ['with a minor one', `${sibling}/v2.1/`, sibling],
    ['below a path', `${sibling}/image/v2/`, `${sibling}/image`],
    ['with slashes at the end', `${sibling}//`, sibling],
    ['with a query that must not swallow our path', `${sibling}/v2?x=1#y`, sibling],
  ])('is found %s', (_how, url, wanted) => {
    const catalogue = [service('identity', at('north', named)), service('image', at('north', url))]
    expect(imageEndpoint(catalogue, 'north', cloud, [])).toBe(wanted)
  })

  test('is the public one of the region asked for', () => {
    const catalogue = [
      service(
        'image',
        at('north', `${sibling}/internal`, 'internal'),
        at('south', `${sibling}/south`),
        at('north', `${sibling}/north`),
      ),
    ]
    expect(imageEndpoint(catalogue, 'north', cloud, [])).toBe(`${sibling}/north`)
    expect(imageRegions(catalogue)).toEqual(['north', 'south'])
  })

  test('prefers the type image; an older name of the region and none at all are understood', () => {
    const catalogue: Catalogue = [
      service('ims', at('north', `${sibling}/ims`)),
      service('image', { interface: 'public', region: 'north', url: `${sibling}/image` }),
    ]
    expect(imageEndpoint(catalogue, 'north', cloud, [])).toBe(`${sibling}/image`)
    const everywhere = [service('imsv2', at(null, `${sibling}/all`))]
    expect(imageEndpoint(everywhere, 'anywhere', cloud, [])).toBe(`${sibling}/all`)
    expect(imageRegions(everywhere)).toEqual([])
  })

  test('[row 34] of an IMS cloud is found without the type image, its path kept and no version doubled', () => {
    const ims = 'https://ims.cloud.example.org/image'
    for (const url of [ims, `${ims}/`, `${ims}/v2`, `${ims}/v2/`, `${ims}/v1`]) {
      const catalogue = [service('imsv2', at('north', url)), service('iam', at('*', named))]
      expect(imageEndpoint(catalogue, 'north', cloud, [])).toBe(ims)
    }
  })

  test.each([['*'], [null], ['']])(
    'of every region, written %j, gives way to one of the region itself',
    (all) => {
      const catalogue = [
        service('image', at(all, `${sibling}/all`)),
        service('imsv2', at('north', `${sibling}/north`)),
      ]
      expect(imageEndpoint(catalogue, 'north', cloud, [])).toBe(`${sibling}/north`)
      expect(imageEndpoint(catalogue, 'south', cloud, [])).toBe(`${sibling}/all`)
      expect(imageRegions(catalogue)).toEqual(['north'])
    },
  )

  test('that is missing, or only elsewhere, is said so', () => {
    for (const catalogue of [[], [service('image', at('south', sibling))], [service('image')]]) {
      expect(() => imageEndpoint(catalogue, 'north', cloud, [])).toThrow(
        expect.objectContaining({ code: 'no_image_service', values: { region: 'north' } }),
      )
    }
  })

  test.each([
    ['https://evil.example/v2', 'https://evil.example'],
    ['not an address', 'not an address'],
    ['x'.repeat(500), 'x'.repeat(200)],
  ])('at an address we do not trust names what to allow: %.30s', (url, origin) => {
    try {
      imageEndpoint([service('image', at('north', url))], 'north', cloud, [])
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(CloudError)
      expect(error).toMatchObject({ code: 'endpoint_not_allowed', values: { origin } })
    }
  })

  test('is where the configuration says, whatever the catalogue tells', () => {
    const override = { ...cloud, imageEndpointOverride: 'https://glance.example.com:9292/v2/' }
    expect(imageEndpoint([], 'north', override, [])).toBe('https://glance.example.com:9292')
  })
})

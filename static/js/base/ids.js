/** Ids made on this device. */

let lastMs = 0
let counter = 0

/** A UUIDv7 (RFC 9562): sorts by the moment it was made, also within one millisecond. */
export function uuid7() {
  const now = Date.now()
  if (now > lastMs) {
    lastMs = now
    counter = crypto.getRandomValues(new Uint16Array(1))[0] & 0x7ff
  } else if (++counter > 0xfff) {
    lastMs += 1
    counter = 0
  }
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  for (let i = 0; i < 6; i++) bytes[i] = Math.floor(lastMs / 2 ** (8 * (5 - i))) & 0xff
  bytes[6] = 0x70 | (counter >> 8)
  bytes[7] = counter & 0xff
  bytes[8] = 0x80 | (bytes[8] & 0x3f)
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-")
}

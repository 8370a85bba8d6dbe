// The two cyclic checksums of the binary formats.

function tableOf(polynomial: number): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte;
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ polynomial : value >>> 1;
    return value >>> 0;
  });
}

const castagnoli = tableOf(0x82f63b78);
const ieee = tableOf(0xedb88320);

function checksum(table: Uint32Array, bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (let at = 0; at < bytes.length; at += 1) value = (table[(value ^ (bytes[at] ?? 0)) & 255] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

/** CRC-32C (Castagnoli). */
export const crc32c = (bytes: Uint8Array): number => checksum(castagnoli, bytes);

/** CRC-32 as in zip and PNG. */
export const crc32 = (bytes: Uint8Array): number => checksum(ieee, bytes);

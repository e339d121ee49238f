import { crc32, deflateRawSync } from "node:zlib";

/** A file for a test archive; the odd fields make it a liar. */
export interface TestFile {
  name: string;
  content: string | Buffer;
  /** Size to claim instead of the true one. */
  claimedBytes?: number;
  /** Checksum to claim instead of the true one. */
  claimedCrc?: number;
}

/** A zip archive, byte by byte, so that tests can build ones that no zip program would. */
export function zipOf(files: readonly TestFile[]): Buffer {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const content = Buffer.from(file.content);
    const packed = deflateRawSync(content);
    const name = Buffer.from(file.name);
    const common = commonHeader(file, content, packed.length, name.length);
    const local = Buffer.concat([signature(0x04034b50), common, name, packed]);
    locals.push(local);
    directory.push(Buffer.concat([signature(0x02014b50), number(20, 2), common, centralTail(offset), name]));
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const count = [number(files.length, 2), number(files.length, 2)];
  const end = [
    signature(0x06054b50),
    number(0, 4),
    ...count,
    number(central.length, 4),
    number(offset, 4),
    number(0, 2),
  ];
  return Buffer.concat([...locals, central, ...end]);
}

function commonHeader(file: TestFile, content: Buffer, packed: number, name: number): Buffer {
  return Buffer.concat([
    number(20, 2), // version
    number(0x800, 2), // names are UTF-8
    number(8, 2), // deflate
    number(0, 4), // time and date
    number(file.claimedCrc ?? crc32(content), 4),
    number(packed, 4),
    number(file.claimedBytes ?? content.length, 4),
    number(name, 2),
    number(0, 2), // extra field
  ]);
}

/** Comment, disk, attributes and the place of the local header. */
function centralTail(offset: number): Buffer {
  return Buffer.concat([number(0, 2), number(0, 2), number(0, 2), number(0, 4), number(offset, 4)]);
}

function signature(value: number): Buffer {
  return number(value, 4);
}

function number(value: number, bytes: 2 | 4): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntLE(value >>> 0, 0, bytes);
  return buffer;
}

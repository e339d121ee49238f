import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the server has under a path, and how badly it behaves. */
export interface Served {
  body: Buffer;
  etag?: string;
  /** Close the connection after so many bytes, this many times. */
  dropAfter?: number;
  drops?: number;
  status?: number;
  /** Send no length, as a server that packs on the fly does. */
  chunked?: boolean;
}

/** A server on 127.0.0.1 for tests of the fetcher. */
export class TestServer {
  readonly files = new Map<string, Served>();
  /** "GET /path bytes=5-" for each request. */
  readonly log: string[] = [];
  private readonly server: Server = createServer((request, response) => this.answer(request, response));

  async start(): Promise<string> {
    await new Promise<void>((ready) => this.server.listen(0, "127.0.0.1", ready));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private answer(request: IncomingMessage, response: ServerResponse): void {
    const { range } = request.headers;
    this.log.push(`${request.method} ${request.url}${range ? ` ${range}` : ""}`);
    const served = this.files.get(request.url ?? "");
    if (!served || served.status) {
      response.writeHead(served?.status ?? 404).end();
      return;
    }
    const same = served.etag && request.headers["if-range"] === served.etag;
    const from = same && range ? Number(/bytes=(\d+)-/.exec(range)?.[1]) : 0;
    if (from >= served.body.length && from > 0) {
      response.writeHead(416).end();
      return;
    }
    this.send(response, served, from);
  }

  private send(response: ServerResponse, served: Served, from: number): void {
    const body = served.body.subarray(from);
    const headers: Record<string, string | number> = served.chunked ? {} : { "content-length": body.length };
    if (served.etag) headers.etag = served.etag;
    if (from) headers["content-range"] = `bytes ${from}-${served.body.length - 1}/${served.body.length}`;
    response.writeHead(from ? 206 : 200, headers);
    if (!served.drops || served.dropAfter === undefined) {
      response.end(body);
      return;
    }
    served.drops--;
    response.write(body.subarray(0, served.dropAfter), () => setTimeout(() => response.destroy(), 20));
  }
}

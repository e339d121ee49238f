import { createRequire } from "node:module";
import { expect, it } from "vitest";
import { queueSends } from "../../src/show/orderly-sending";

const { Publisher } = createRequire(import.meta.url)("zeromq") as {
  Publisher: { new (): { bind(address: string): Promise<void>; close(): void }; prototype: Sender };
};
type Sender = { send(message: unknown): Promise<void> };

/** A socket that, as ZeroMQ's, throws when a send comes while another is under way. */
class Socket {
  readonly sent: unknown[] = [];
  private busy = false;

  async send(message: unknown): Promise<void> {
    if (this.busy) throw new Error("Socket is busy writing");
    this.busy = true;
    await new Promise(setImmediate);
    this.busy = false;
    if (message === "bad") throw new Error("refused");
    this.sent.push(message);
  }
}
queueSends(Socket.prototype);

it("sends in the order of the calls, though nobody waits", async () => {
  const [socket, other] = [new Socket(), new Socket()];
  const calls = [1, 2, 3].map((message) => socket.send(message));
  await Promise.all([...calls, other.send("own queue")]);
  expect(socket.sent).toEqual([1, 2, 3]);
  expect(other.sent).toEqual(["own queue"]);
});

it("goes on after a message that could not be sent, and tells its sender", async () => {
  const socket = new Socket();
  const [bad, good] = [socket.send("bad"), socket.send("good")];
  await expect(bad).rejects.toThrow("refused");
  await good;
  expect(socket.sent).toEqual(["good"]);
});

it("keeps a real publisher from refusing a flood of messages", async () => {
  queueSends(Publisher.prototype);
  const socket = new Publisher();
  await socket.bind("tcp://127.0.0.1:*");
  const flood = Array.from({ length: 20_000 }, () => (socket as unknown as Sender).send(["topic", "x".repeat(200)]));
  await Promise.all(flood);
  socket.close();
});

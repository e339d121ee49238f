import { createRequire } from "node:module";

/** What ZeroMQ's sockets have in common here. */
interface Sender {
  send(message: unknown): Promise<void>;
}

let done = false;

/**
 * Makes the kernel's sockets send one message after the other.
 *
 * ZeroMQ refuses a second send while the first is under way ("Socket is busy writing"), and tslab does not wait for its
 * sends: on a busy machine a progress bar is enough to end the kernel. Until tslab queues its messages, this does.
 */
export function sendInOrder(): void {
  if (done) return;
  done = true;
  const loaded = createRequire(__filename).cache ?? {};
  const name = Object.keys(loaded).find((file) => /[\\/]zeromq[\\/]lib[\\/]index\.js$/.test(file));
  const sockets = (name ? loaded[name]?.exports : {}) as Record<string, { prototype: Sender } | undefined>;
  for (const kind of ["Publisher", "Router", "Reply"]) {
    const socket = sockets[kind];
    if (socket) queueSends(socket.prototype);
  }
}

/** Replaces `send` by one that waits for the sends before it on the same socket. */
export function queueSends(prototype: Sender): void {
  const send = prototype.send;
  const last = new WeakMap<Sender, Promise<void>>();
  const inOrder = function (this: Sender, message: unknown): Promise<void> {
    const before = last.get(this);
    const sent = before ? before.then(() => send.call(this, message)) : send.call(this, message);
    const settled: Promise<void> = sent
      .catch(() => undefined)
      .then(() => {
        if (last.get(this) === settled) last.delete(this);
      });
    last.set(this, settled);
    return sent;
  };
  // ZeroMQ's own `send` stands read-only on a prototype further down: assigning to it would be refused.
  Object.defineProperty(prototype, "send", { value: inOrder, configurable: true, writable: true });
}

/** Ends the connections that keep a server from closing, such as those that a browser opens in advance. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

const channel = 'net.server.socket';

/**
 * Keeps track of the connections to a port of this process, and returns a function that ends those still open.
 * They are found by a diagnostics channel, as Prism does not expose its server.
 */
export function trackConnections(port: number): () => void {
  const open = new Set<Socket>();
  const add = (message: unknown) => {
    const { socket } = message as { socket: Socket };
    if (socket.localPort !== port) return;
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  };
  subscribe(channel, add);
  return () => {
    unsubscribe(channel, add);
    for (const socket of open) socket.destroy();
  };
}

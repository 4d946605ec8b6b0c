/** Ends connections that would keep a server from closing: a browser opens some that it may never use. */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { Socket } from 'node:net';

const channel = 'net.server.socket';

/**
 * Follows the connections to this port of this process, and returns a function that ends those still open.
 * Prism does not hand out its server, hence Node's own notices.
 */
export function followConnections(port: number): () => void {
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

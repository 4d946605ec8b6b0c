/** Calls through a proxy that counts. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect as open } from 'node:net';
import { connect } from './proxied.ts';

let tunnels = 0;
const proxy = createServer().on('connect', ({ url }, socket, head) => {
  tunnels += 1;
  const [host, port] = url.split(':');
  const target = open(Number(port), host, () => {
    socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
    target.write(head);
    target.pipe(socket).pipe(target);
  });
});
await once(proxy.listen(0, '127.0.0.1'), 'listening');
const { total } = await connect(`http://127.0.0.1:${proxy.address().port}`).listModels();
if (total === 0 || tunnels === 0) throw new Error(`${total} models by ${tunnels} tunnels`);
process.exit();

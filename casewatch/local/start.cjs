// Starts NocoDB behind our own listener: on loopback only, with our content-security policy on every
// answer, and with the door shut until the starter has seen that strangers cannot sign up.
//
// node start.cjs INSTALL   (PORT, CASEWATCH_DOOR and NocoDB's own settings come by environment)
'use strict';

const http = require('node:http');
const path = require('node:path');
const { createRequire } = require('node:module');

const installed = createRequire(path.join(process.argv[2], 'package.json'));
const express = installed('express');
const { Noco } = installed('nocodb');

const POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self' ws: wss:",
  "worker-src 'self' blob:",
  "frame-ancestors 'self'",
].join('; ');

// These make the server itself call the maker's machines (version, news), whatever the settings say.
const CALLS_HOME = /^\/api\/v[12]\/(version|feed|error-reporting)\b/;

const INFO = /^\/api\/v[12]\/(db\/)?meta\/nocodb\/info$/;

const key = process.env.CASEWATCH_DOOR;
delete process.env.CASEWATCH_DOOR;
let open = false;

// A header set when the answer is written, not by one middleware among others, so that error pages and
// the web-socket library's own answers carry it too.
// Express changes an answer's class, so it is set on the answer itself.
class Answer extends http.ServerResponse {
  constructor(...args) {
    super(...args);
    this.writeHead = (...head) => {
      if (!this.headersSent) {
        this.setHeader('Content-Security-Policy', POLICY);
        this.removeHeader('X-Powered-By');
      }
      return http.ServerResponse.prototype.writeHead.apply(this, head);
    };
  }
}

function door(request, response, next) {
  if (open) return next();
  if (request.headers['x-casewatch-door'] !== key) {
    return response.status(503).type('text').send('Starting: not open yet.');
  }
  if (request.path === '/casewatch/open') {
    open = true;
    return response.status(204).end();
  }
  return next();
}

const app = express();
app.use(door);
app.use((request, response, next) =>
  CALLS_HOME.test(request.path) ? response.status(404).json({ msg: 'Switched off here.' }) : next(),
);
// From five users on, the page is told to show a banner that links to the maker's own form, with the number of
// users and bases in the address.
app.use((request, response, next) => {
  if (INFO.test(request.path)) {
    const json = response.json.bind(response);
    response.json = ({ giftUrl, ...info }) => json(info);
  }
  next();
});
const server = http.createServer({ ServerResponse: Answer }, app);

server.on('clientError', (_error, socket) => {
  if (socket.writable) {
    socket.end(`HTTP/1.1 400 Bad Request\r\nContent-Security-Policy: ${POLICY}\r\nConnection: close\r\n\r\n`);
  }
});
server.on('error', (error) => {
  console.error(`Cannot listen: ${error.message}`);
  process.exit(1);
});

for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => {
    server.close(() => process.exit(0)); // when the last request under way is answered,
    setTimeout(() => process.exit(0), 3000); // or now, if an open page holds its web socket
  });
}

(async () => {
  app.use(await Noco.init({}, server, app));
  server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('Listening.'));
})().catch((error) => {
  console.error(error);
  process.exit(1);
});

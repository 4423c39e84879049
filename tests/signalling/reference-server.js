// SPDX-License-Identifier: GPL-3.0-or-later
//
// Starts the PeerServer of the PeerJS project on a port of loopback and prints the port.
// usage: node reference-server.js FOLDER-OF-THE-PACKAGE [OPTIONS-AS-JSON]
'use strict';

const { PeerServer } = require(process.argv[2]);
const options = JSON.parse(process.argv[3] ?? '{}');

const app = PeerServer({ host: '127.0.0.1', port: 0, ...options }, (server) => console.log(server.address().port));
app.on('error', () => {}); // without a listener the first frame that is not JSON ends the process

// Ends with the test, however that ends.
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));

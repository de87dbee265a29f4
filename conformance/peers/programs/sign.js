'use strict';
// Signs one request again and again with the signing function of an official Node SDK, whose installation is the argument.
//
// Reads the request as JSON, and writes the CPU time of one signature and the last signature as JSON.

const fs = require('node:fs');
const path = require('node:path');
const { createRequire } = require('node:module');

const [WARM_UP, BATCHES, BATCH] = [0.3, 7, 0.03];

const load = createRequire(path.join(path.resolve(process.argv[2]), 'package.json'));

// `Client.getSignature` of @alicloud/fc2.
function ofFc2(given) {
  const Client = load('@alicloud/fc2');
  const headers = Object.fromEntries(given.headers);
  const { access_key_id: id, access_key_secret: secret, method, path: of } = given;
  return () => Client.getSignature(id, secret, method, of, headers, null);
}

// `getAuthorization` of the core of the generated SDKs, which takes the digest of the payload.
function ofCore(given) {
  const sdk = createRequire(load.resolve('@alicloud/fc20230330'));
  const { OpenApiUtil } = sdk('@alicloud/openapi-core');
  const { Request } = sdk('@darabonba/typescript');
  const request = new Request();
  request.method = given.method;
  request.pathname = given.path;
  request.query = {};
  request.headers = Object.fromEntries(given.headers);
  const digest = request.headers['x-acs-content-sha256'];
  const { access_key_id: id, access_key_secret: secret } = given;
  return () => OpenApiUtil.getAuthorization(request, 'ACS3-HMAC-SHA256', digest, id, secret);
}

function cpu() {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

function nanoseconds(sign) {
  const end = cpu() + WARM_UP;
  let count = 0;
  for (; cpu() < end; count += 1) sign();
  count = Math.max(1, Math.floor((count * BATCH) / WARM_UP));
  const batches = [];
  for (let batch = 0; batch < BATCHES; batch += 1) {
    const start = cpu();
    for (let call = 0; call < count; call += 1) sign();
    batches.push(((cpu() - start) * 1e9) / count);
  }
  return batches.sort((one, other) => one - other)[Math.floor(BATCHES / 2)];
}

const given = JSON.parse(fs.readFileSync(0, 'utf8'));
const sign = { FC: ofFc2, ACS3: ofCore }[given.scheme](given);
console.log(JSON.stringify({ nanoseconds: nanoseconds(sign), authorization: sign() }));

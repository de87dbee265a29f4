// A local Function Compute for the tests.
"use strict";

const { once } = require("node:events");
const { spawn } = require("node:child_process");
const { createInterface } = require("node:readline");

const FUNCTIONS = ["small=exec:tr A-Z a-z", "capitals=start:python3 ../server.py", "flaky=script:../flaky.json"];

exports.startFunctionCompute = async () => {
  const options = FUNCTIONS.flatMap((one) => ["--function", one]);
  const words = ["serve", "--ready-json", "--until-stdin-closes", "--control", ...options];
  const server = spawn("fcgate", words, { stdio: ["pipe", "pipe", "inherit"] });
  const [line] = await once(createInterface(server.stdout), "line");
  const stop = async () => {
    server.stdin.end();
    const [code] = await once(server, "exit");
    if (code === 1) throw new Error("a request was wrong: the log says why");
  };
  return { ...JSON.parse(line), stop };
};

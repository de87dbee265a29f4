#!/usr/bin/env node
// Starts the program of the platform package with the arguments, the streams and the exit code of this process.
"use strict";

const { spawn } = require("node:child_process");
const { constants } = require("node:os");

const GATE_FAILED = 4;

const name = `@fcgate/${process.platform}-${process.arch}`;
const file = process.platform === "win32" ? "fcgate.exe" : "fcgate";
const packages = Object.keys(require("../package.json").optionalDependencies);

function fail(message) {
  console.error(`fcgate: ${message}`);
  process.exit(GATE_FAILED);
}

function find() {
  if (!packages.includes(name)) {
    fail(`no package for ${process.platform}-${process.arch}; the packages are: ${packages.join(", ")}`);
  }
  try {
    return require.resolve(`${name}/bin/${file}`);
  } catch {
    return fail(`the package ${name} is not installed; install fcgate without --omit=optional`);
  }
}

const child = spawn(find(), process.argv.slice(2), { stdio: "inherit" });
// The program stops its adapter and writes its report before it exits, so this process waits for it.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
  process.on(signal, () => child.kill(signal));
}
child.on("error", (error) => fail(error.message));
child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));

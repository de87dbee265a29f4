<?php

// The adapter of my-sdk: reads requests of fcgate from standard input and writes replies to standard output, in JSON lines.
//
// Implement the operations with calls to your SDK, one after another, and add each one to CAPS.
// Write logs with error_log() or to STDERR. Do not log the text of exceptions: it may contain a key.
// All fields: https://github.com/fc-invoke/fc-invoke/blob/main/docs/adapter-protocol.md

declare(strict_types=1);

// require __DIR__ . '/../vendor/autoload.php';

const SDK = ['name' => 'my-sdk', 'version' => '0.1.0', 'language' => 'php'];
const CAPS = []; // start with 'sign.fc' or 'sign.acs3'; then 'build', 'parse', 'invoke'
const LACKS = []; // the parts that the SDK does not offer, for example 'outcome.success-status'
const REVISIONS = ['2021-04-06']; // and '2016-08-15', '2023-03-30'

/** The operation is not implemented yet. */
class NotImplemented extends Exception
{
}

/** Throw this if the SDK refuses its input before it signs or sends anything. */
class Refused extends Exception
{
}

/** Input: scheme, method, url, headers, body_b64, credentials, time, nonce. Output: the headers that signing adds. */
function sign(array $given): array
{
    // return ['headers' => [['Date', $date], ['Authorization', $authorization]]];
    throw new NotImplemented();
}

/** Input: endpoint, scheme, credentials, time, nonce, input. Output: the signed request; nothing is sent. */
function build(array $given): array
{
    // return ['method' => 'POST', 'url' => $url, 'headers' => [[$name, $value]], 'body_b64' => base64_encode($body)];
    throw new NotImplemented();
}

/** Input: status, headers, body_b64. Output: the outcome that the SDK returns to its caller. */
function parse(array $given): array
{
    // return ['outcome' => ['kind' => 'completed', 'status' => 200, 'payload_b64' => base64_encode($body)]];
    throw new NotImplemented();
}

/** Like build, but sends the request to $given['endpoint'] and returns the outcome like parse. */
function invoke(array $given): array
{
    throw new NotImplemented();
}

function answer(string $command, array $given): array
{
    if ($command === 'hello') {
        return ['ok' => ['p' => 1, 'sdk' => SDK, 'caps' => CAPS, 'lacks' => LACKS, 'revisions' => REVISIONS]];
    }
    try {
        return match ($command) {
            'sign' => ['ok' => sign($given)],
            'build' => ['ok' => build($given)],
            'parse' => ['ok' => parse($given)],
            'invoke' => ['ok' => invoke($given)],
            default => ['unsupported' => ['cap' => $command]],
        };
    } catch (NotImplemented) {
        return ['unsupported' => ['cap' => $command]];
    } catch (Refused) {
        return ['err' => ['class' => 'input', 'message' => 'refused']];
    } catch (Throwable $error) {
        return ['err' => ['class' => 'internal', 'message' => $error::class]];
    }
}

while (($line = fgets(STDIN)) !== false) {
    $request = json_decode($line, true, flags: JSON_THROW_ON_ERROR);
    if ($request['cmd'] === 'bye') {
        break;
    }
    $reply = ['seq' => $request['seq']] + answer($request['cmd'], $request['in']);
    fwrite(STDOUT, json_encode($reply, JSON_THROW_ON_ERROR) . "\n");
}

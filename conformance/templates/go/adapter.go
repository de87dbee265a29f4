// The adapter of my-sdk: reads requests of fcgate from standard input and writes replies to standard output, in JSON lines.
//
// Implement the operations with calls to your SDK, one after another, and add each one to caps.
// Write logs to standard error. Do not log the text of errors: it may contain a key.
// All fields: https://github.com/fc-invoke/fc-invoke/blob/main/docs/adapter-protocol.md
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
)

var sdk = map[string]string{"name": "my-sdk", "version": "0.1.0", "language": "go"}

// Start with "sign.fc" or "sign.acs3"; then "build", "parse", "invoke".
var caps = []string{}

// The parts that the SDK does not offer, for example "outcome.success-status".
var lacks = []string{}

// Also possible: "2016-08-15", "2023-03-30".
var revisions = []string{"2021-04-06"}

var errUnsupported = errors.New("unsupported")
var errRefused = errors.New("refused") // return this if the SDK refuses its input before it signs or sends anything

type object = map[string]any

// Input: scheme, method, url, headers, body_b64, credentials, time, nonce. Output: the headers that signing adds.
func sign(given json.RawMessage) (object, error) {
	// return object{"headers": [][2]string{{"Date", date}, {"Authorization", authorization}}}, nil
	return nil, errUnsupported
}

// Input: endpoint, scheme, credentials, time, nonce, input. Output: the signed request; nothing is sent.
func build(given json.RawMessage) (object, error) {
	// return object{"method": "POST", "url": url, "headers": headers, "body_b64": body}, nil
	return nil, errUnsupported
}

// Input: status, headers, body_b64. Output: the outcome that the SDK returns to its caller.
func parse(given json.RawMessage) (object, error) {
	// return object{"outcome": object{"kind": "completed", "status": 200, "payload_b64": body}}, nil
	return nil, errUnsupported
}

// Like build, but sends the request to the endpoint and returns the outcome like parse.
func invoke(given json.RawMessage) (object, error) {
	return nil, errUnsupported
}

var commands = map[string]func(json.RawMessage) (object, error){
	"sign": sign, "build": build, "parse": parse, "invoke": invoke,
}

func answer(command string, given json.RawMessage) (string, any) {
	if command == "hello" {
		return "ok", object{"p": 1, "sdk": sdk, "caps": caps, "lacks": lacks, "revisions": revisions}
	}
	run, known := commands[command]
	if !known {
		return "unsupported", object{"cap": command}
	}
	switch done, err := run(given); {
	case err == nil:
		return "ok", done
	case errors.Is(err, errUnsupported):
		return "unsupported", object{"cap": command}
	case errors.Is(err, errRefused):
		return "err", object{"class": "input", "message": "refused"}
	default:
		return "err", object{"class": "internal", "message": "the adapter failed"}
	}
}

func main() {
	input, output := json.NewDecoder(bufio.NewReader(os.Stdin)), json.NewEncoder(os.Stdout)
	for {
		var request struct {
			Seq string          `json:"seq"`
			Cmd string          `json:"cmd"`
			In  json.RawMessage `json:"in"`
		}
		if err := input.Decode(&request); err == io.EOF || request.Cmd == "bye" {
			return
		} else if err != nil {
			os.Exit(1)
		}
		word, value := answer(request.Cmd, request.In)
		if output.Encode(object{"seq": request.Seq, word: value}) != nil {
			os.Exit(1)
		}
	}
}

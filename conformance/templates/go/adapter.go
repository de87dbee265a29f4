// The adapter of my-sdk: fcgate asks in JSON lines on standard input, this answers on standard output.
//
// Fill in one operation after another by calls of your SDK, and claim in caps what it can.
// Logs go to standard error; the text of errors stays out of them, for it may hold a key.
// The fields: https://github.com/fc-invoke/fc-invoke/blob/main/docs/adapter-protocol.md
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"os"
)

var sdk = map[string]string{"name": "my-sdk", "version": "0.1.0", "language": "go"}

// For a start "sign.fc" or "sign.acs3"; then "build", "parse", "invoke".
var caps = []string{}

// And "2016-08-15", "2023-03-30".
var revisions = []string{"2021-04-06"}

var errUnsupported = errors.New("unsupported")
var errRefused = errors.New("refused") // where the SDK refuses its input before anything is signed or sent

type object = map[string]any

// From scheme, method, url, headers, body_b64, credentials, time and nonce to what signing adds.
func sign(given json.RawMessage) (object, error) {
	// return object{"headers": [][2]string{{"Date", date}, {"Authorization", authorization}}}, nil
	return nil, errUnsupported
}

// From endpoint, scheme, credentials, time, nonce and input to a signed request, unsent.
func build(given json.RawMessage) (object, error) {
	// return object{"method": "POST", "url": url, "headers": headers, "body_b64": body}, nil
	return nil, errUnsupported
}

// From status, headers and body_b64 to the outcome that a caller of the SDK sees.
func parse(given json.RawMessage) (object, error) {
	// return object{"outcome": object{"kind": "completed", "status": 200, "payload_b64": body}}, nil
	return nil, errUnsupported
}

// Like build, but it is sent to the endpoint for real; tells the outcome as parse does.
func invoke(given json.RawMessage) (object, error) {
	return nil, errUnsupported
}

var commands = map[string]func(json.RawMessage) (object, error){
	"sign": sign, "build": build, "parse": parse, "invoke": invoke,
}

func answer(command string, given json.RawMessage) (string, any) {
	if command == "hello" {
		return "ok", object{"p": 1, "sdk": sdk, "caps": caps, "revisions": revisions}
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
		var question struct {
			Seq string          `json:"seq"`
			Cmd string          `json:"cmd"`
			In  json.RawMessage `json:"in"`
		}
		if err := input.Decode(&question); err == io.EOF || question.Cmd == "bye" {
			return
		} else if err != nil {
			os.Exit(1)
		}
		word, value := answer(question.Cmd, question.In)
		if output.Encode(object{"seq": question.Seq, word: value}) != nil {
			os.Exit(1)
		}
	}
}

// Package adapter is the part of an adapter that is the same for every official Go SDK: it reads and writes one
// JSON object per line. Each program next to this folder drives one SDK.
package adapter

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"runtime/debug"
	"strings"
)

// SDK is an official SDK and the functions that drive it.
type SDK struct {
	Name     string
	Module   string
	Revision string
	Scheme   string
	Caps     string
	Lacks    string

	// Sign calls the public signing function.
	Sign func(*SignInput) ([]Header, error)
	// Invoke makes the invocation call; with a nil transport, over the transport of the SDK. An error means that
	// the SDK refused the input before it sent anything.
	Invoke func(*Call, *http.Transport) (Outcome, error)
	// Task makes an operation on tasks; nil if the SDK has none.
	Task func(*TaskCall) (map[string]any, error)
}

// Unsupported says that the SDK does not offer a part of the protocol.
type Unsupported string

func (part Unsupported) Error() string { return string(part) }

type request struct {
	Seq string          `json:"seq"`
	Cmd string          `json:"cmd"`
	In  json.RawMessage `json:"in"`
}

// Run answers requests until `bye` or the end of input.
func Run(sdk SDK) {
	log.SetOutput(io.Discard) // The logs of an SDK contain signatures and bodies.
	lines := bufio.NewReaderSize(os.Stdin, 1<<16)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		var question request
		if err := json.Unmarshal(line, &question); err != nil || question.Cmd == "bye" {
			return
		}
		reply := sdk.reply(question)
		reply["seq"] = question.Seq
		var text bytes.Buffer
		encoder := json.NewEncoder(&text)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(reply); err != nil {
			return
		}
		if _, err := os.Stdout.Write(text.Bytes()); err != nil {
			return
		}
	}
}

// reply is the `ok`, `err` or `unsupported` reply to one request.
func (sdk SDK) reply(question request) map[string]any {
	result, err := sdk.perform(question)
	var missing Unsupported
	var fault Fault
	switch {
	case err == nil:
		return map[string]any{"ok": result}
	case errors.As(err, &missing):
		return map[string]any{"unsupported": map[string]any{"cap": string(missing)}}
	case errors.As(err, &fault):
		return map[string]any{"err": map[string]any{"class": "internal", "message": string(fault)}}
	default:
		// The text of an error of the SDK may contain a credential.
		return map[string]any{"err": map[string]any{"class": "input", "message": fmt.Sprintf("%T", err)}}
	}
}

// Fault is a failure of the adapter itself.
type Fault string

func (fault Fault) Error() string { return string(fault) }

func (sdk SDK) perform(question request) (any, error) {
	switch question.Cmd {
	case "hello":
		return sdk.hello(), nil
	case "sign":
		return sdk.sign(question.In)
	case "build":
		return sdk.build(question.In)
	case "parse":
		return sdk.parse(question.In)
	case "invoke":
		return sdk.invoke(question.In)
	case "task":
		return sdk.task(question.In)
	}
	return nil, Unsupported(question.Cmd)
}

// hello is the name, the version and the capabilities of the SDK.
func (sdk SDK) hello() any {
	return map[string]any{
		"p":         1,
		"sdk":       map[string]any{"name": sdk.Name, "version": sdk.version(), "language": "go"},
		"caps":      strings.Fields(sdk.Caps),
		"lacks":     strings.Fields(sdk.Lacks),
		"revisions": []string{sdk.Revision},
		"parallel":  1,
	}
}

// version is the version of the module in this program.
func (sdk SDK) version() string {
	if program, ok := debug.ReadBuildInfo(); ok {
		for _, module := range program.Deps {
			if module.Path == sdk.Module {
				return strings.TrimPrefix(module.Version, "v")
			}
		}
	}
	return "unknown"
}

func (sdk SDK) sign(text json.RawMessage) (any, error) {
	var input SignInput
	if err := json.Unmarshal(text, &input); err != nil {
		return nil, Fault(err.Error())
	}
	if input.Scheme != sdk.Scheme {
		return nil, Unsupported("sign." + input.Scheme)
	}
	headers, err := sdk.Sign(&input)
	return map[string]any{"headers": headers}, err
}

// repetitions is how often `build` repeats a call with headers of the caller.
const repetitions = 32

// build returns the first request of a call, as it arrived at the loopback server. If the caller and the SDK set one
// header, an SDK may send either value, in the random order of a map: the call is repeated, and the first request in
// the order of the texts is the result, so that equal runs have equal reports.
func (sdk SDK) build(text json.RawMessage) (any, error) {
	call, err := sdk.call(text)
	if err != nil {
		return nil, err
	}
	first, err := sdk.request(call)
	if err != nil {
		return nil, err
	}
	for range repetitions - 1 {
		if len(call.Input.Headers) == 0 {
			break
		}
		again, err := sdk.request(call)
		if err == nil && again.unsigned() < first.unsigned() {
			first = again
		}
	}
	host := first.header("host")
	if host == "" {
		host = call.Authority
	}
	return map[string]any{
		"method":   first.method,
		"url":      call.Scheme + "://" + host + first.target,
		"headers":  first.headers,
		"body_b64": base64.StdEncoding.EncodeToString(first.body),
	}, nil
}

// request is the first request of a call.
func (sdk SDK) request(call *Call) (received, error) {
	_, requests, err := exchange(emptyAnswer, func(transport *http.Transport) (Outcome, error) {
		return sdk.Invoke(call, transport)
	})
	if len(requests) == 0 {
		if err == nil {
			err = Fault("the SDK sent nothing")
		}
		return received{}, err
	}
	return requests[0], nil
}

// parse is the outcome of a response that the loopback server plays.
func (sdk SDK) parse(text json.RawMessage) (any, error) {
	var given struct {
		Status         int      `json:"status"`
		Headers        []Header `json:"headers"`
		Body           []byte   `json:"body_b64"`
		InvocationType string   `json:"invocation_type"`
	}
	if err := json.Unmarshal(text, &given); err != nil {
		return nil, Fault(err.Error())
	}
	call := callToSeeAResponse(given.InvocationType)
	answer := rawAnswer(given.Status, given.Headers, given.Body)
	outcome, _, err := exchange(answer, func(transport *http.Transport) (Outcome, error) {
		return sdk.Invoke(call, transport)
	})
	return map[string]any{"outcome": outcome}, err
}

// invoke is a real exchange with the endpoint of the case.
func (sdk SDK) invoke(text json.RawMessage) (any, error) {
	call, err := sdk.call(text)
	if err != nil {
		return nil, err
	}
	outcome, err := sdk.Invoke(call, nil)
	return map[string]any{"outcome": outcome}, err
}

// task is an operation on tasks: a real exchange with the endpoint of the case.
func (sdk SDK) task(text json.RawMessage) (any, error) {
	if sdk.Task == nil {
		return nil, Unsupported("tasks")
	}
	call, err := taskCallOf(text)
	if err != nil {
		return nil, err
	}
	if call.Revision != sdk.Revision || call.SignatureScheme != sdk.Scheme {
		return nil, Unsupported(call.Revision + " with " + call.SignatureScheme)
	}
	return sdk.Task(call)
}

func (sdk SDK) call(text json.RawMessage) (*Call, error) {
	call, err := callOf(text)
	if err == nil && (call.Revision != sdk.Revision || call.SignatureScheme != sdk.Scheme) {
		err = Unsupported(call.Revision + " with " + call.SignatureScheme)
	}
	return call, err
}

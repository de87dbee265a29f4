package adapter

import (
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"net/url"
	"strings"
	"syscall"
)

// Outcome is the result of a call; a field that the SDK does not return is left out.
type Outcome map[string]any

var texts = map[string]string{
	"max_memory_mb":   "X-Fc-Max-Memory-Usage",
	"code_checksum":   "X-Fc-Code-Checksum",
	"instance_id":     "X-Fc-Instance-Id",
	"service_version": "X-Fc-Invocation-Service-Version",
}

// Set sets a text, unless it is empty.
func (outcome Outcome) Set(field, value string) {
	if value != "" {
		outcome[field] = value
	}
}

// Returned is the outcome of a result; `header` reads the headers that the SDK returns.
func Returned(kind string, header func(string) string, payload []byte) Outcome {
	outcome := Outcome{"kind": kind}
	if errorType := header("X-Fc-Error-Type"); errorType != "" {
		outcome = Outcome{"kind": "function_error", "error_type": errorType}
	}
	outcome.Set("request_id", header("X-Fc-Request-Id"))
	if outcome["kind"] == "accepted" {
		outcome.Set("stateful_async_invocation_id", header("X-Fc-Async-Task-Id"))
		outcome.Set("stateful_async_invocation_id", header("X-Fc-Stateful-Async-Invocation-Id"))
		return outcome
	}
	outcome["payload_b64"] = base64.StdEncoding.EncodeToString(payload)
	for field, name := range texts {
		outcome.Set(field, header(name))
	}
	return outcome
}

// Unreadable is the outcome of a response on which the SDK failed without an error of its own.
func Unreadable(reason any) Outcome {
	return Outcome{"kind": "bad_response", "reason": fmt.Sprintf("%T", reason)}
}

// Panicked is the outcome of a panic of the SDK after it sent the request.
func Panicked() Outcome {
	return Outcome{"kind": "bad_response", "reason": "panic"}
}

// Failed is the outcome of an error that is not one of the SDK; the error is returned if the HTTP client refused the
// request before it sent anything.
func Failed(err error) (Outcome, error) {
	failed := func(class string) (Outcome, error) {
		return Outcome{"kind": "transport_error", "class": class}, nil
	}
	var timeout net.Error
	var operation *net.OpError
	var malformed textproto.ProtocolError
	var ofClient *url.Error
	says := func(words ...string) bool {
		for _, word := range words {
			if strings.Contains(err.Error(), word) {
				return true
			}
		}
		return false
	}
	switch {
	case says("invalid header field", "invalid method", "invalid URL"):
		return nil, err
	case says("redirect", "Location header"):
		// A complete response arrived.
		return Unreadable(err), nil
	case errors.As(err, &timeout) && timeout.Timeout():
		return failed("timeout")
	case errors.As(err, &operation) && operation.Op == "dial":
		return failed("connect")
	case errors.As(err, &malformed), says("malformed", "for chunk length", "in chunk length", "chunk length too large",
		"unsupported transfer encoding", "too many transfer encodings", "bad Content-Length", "multiple Content-Length",
		"server response headers exceeded"):
		return failed("malformed")
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.ECONNRESET),
		errors.Is(err, syscall.EPIPE), says("server closed idle connection"):
		return failed("truncated")
	case errors.As(err, &ofClient), errors.As(err, &operation):
		return failed("other")
	}
	return Unreadable(err), nil
}

package adapter

import (
	"encoding/json"
	"net/url"
	"time"
)

// Header is a name and a value.
type Header [2]string

// Credentials are the keys of a request.
type Credentials struct {
	AccessKeyID     string `json:"access_key_id"`
	AccessKeySecret string `json:"access_key_secret"`
	SecurityToken   string `json:"security_token"`
}

// SignInput is the input of `sign`.
type SignInput struct {
	Scheme      string      `json:"scheme"`
	Kind        string      `json:"kind"`
	Method      string      `json:"method"`
	URL         string      `json:"url"`
	Headers     []Header    `json:"headers"`
	Credentials Credentials `json:"credentials"`
}

// Input is the typed input of an invocation; an absent field is nil.
type Input struct {
	Service        string   `json:"service"`
	Function       string   `json:"function"`
	Qualifier      *string  `json:"qualifier"`
	InvocationType *string  `json:"invocation_type"`
	LogType        *string  `json:"log_type"`
	TaskID         *string  `json:"stateful_async_invocation_id"`
	TaskEnable     *bool    `json:"stateful_async_invocation_enable"`
	AccountID      *string  `json:"account_id"`
	TraceID        *string  `json:"trace_id"`
	Headers        []Header `json:"headers"`
	Payload        *[]byte  `json:"payload_b64"`
}

// Call is one invocation: the endpoint, the credentials and the input.
type Call struct {
	Revision        string
	SignatureScheme string
	Endpoint        string
	Scheme          string
	Authority       string
	Credentials     Credentials
	Input           Input
	Timeout         time.Duration
}

// On a busy machine a case without a time limit must not time out.
const patience = 30 * time.Second

// common are the fields of every command that names an endpoint.
type common struct {
	Revision     string      `json:"revision"`
	Scheme       string      `json:"scheme"`
	Endpoint     string      `json:"endpoint"`
	Credentials  Credentials `json:"credentials"`
	Milliseconds *int        `json:"timeout_ms"`
}

func (given common) timeout() time.Duration {
	if given.Milliseconds == nil {
		return patience
	}
	return time.Duration(*given.Milliseconds) * time.Millisecond
}

func callOf(text json.RawMessage) (*Call, error) {
	var given struct {
		common
		Input Input            `json:"input"`
		Retry *json.RawMessage `json:"retry"`
	}
	if err := json.Unmarshal(text, &given); err != nil {
		return nil, Fault(err.Error())
	}
	if given.Retry != nil {
		return nil, Unsupported("retry")
	}
	endpoint, err := url.Parse(given.Endpoint)
	if err != nil {
		return nil, Fault(err.Error())
	}
	return &Call{
		Revision:        given.Revision,
		SignatureScheme: given.Scheme,
		Endpoint:        given.Endpoint,
		Scheme:          endpoint.Scheme,
		Authority:       endpoint.Host,
		Credentials:     given.Credentials,
		Input:           given.Input,
		Timeout:         given.timeout(),
	}, nil
}

// callToSeeAResponse is the plain call that `parse` uses.
func callToSeeAResponse(invocationType string) *Call {
	payload := []byte("{}")
	input := Input{Service: "demoService", Function: "demoFunction", Payload: &payload}
	if invocationType == "Async" {
		input.InvocationType = &invocationType
	}
	return &Call{
		Endpoint:    "http://service.invalid",
		Scheme:      "http",
		Authority:   "service.invalid",
		Credentials: Credentials{AccessKeyID: "dummyAccessKeyId", AccessKeySecret: "dummyAccessKeySecret"},
		Input:       input,
		Timeout:     patience,
	}
}

// TaskRequest is one operation on tasks with its parameters; an absent field is nil.
type TaskRequest struct {
	Operation        string  `json:"operation"`
	Function         string  `json:"function"`
	Qualifier        *string `json:"qualifier"`
	TaskID           *string `json:"task_id"`
	Prefix           *string `json:"prefix"`
	Status           *string `json:"status"`
	StartedTimeBegin *int64  `json:"started_time_begin"`
	StartedTimeEnd   *int64  `json:"started_time_end"`
	SortOrderByTime  *string `json:"sort_order_by_time"`
	IncludePayload   *bool   `json:"include_payload"`
	Limit            *int32  `json:"limit"`
	NextToken        *string `json:"next_token"`
}

// TaskCall is an operation on tasks: the endpoint, the credentials and the parameters.
type TaskCall struct {
	Call
	Request TaskRequest
}

func taskCallOf(text json.RawMessage) (*TaskCall, error) {
	var given struct {
		common
		Request TaskRequest `json:"request"`
	}
	if err := json.Unmarshal(text, &given); err != nil {
		return nil, Fault(err.Error())
	}
	endpoint, err := url.Parse(given.Endpoint)
	if err != nil {
		return nil, Fault(err.Error())
	}
	switch given.Request.Operation {
	case "get", "list", "stop":
	default:
		return nil, Unsupported("tasks." + given.Request.Operation)
	}
	call := Call{
		Revision:        given.Revision,
		SignatureScheme: given.Scheme,
		Endpoint:        given.Endpoint,
		Scheme:          endpoint.Scheme,
		Authority:       endpoint.Host,
		Credentials:     given.Credentials,
		Timeout:         given.timeout(),
	}
	return &TaskCall{Call: call, Request: given.Request}, nil
}

// The adapter of github.com/aliyun/fc-go-sdk: revision 2016-08-15, signed by the `FC` scheme.
package main

import (
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/aliyun/fc-go-sdk"
	"github.com/fc-invoke/fc-invoke/conformance/adapters/sdk-go/adapter"
)

const revision = "2016-08-15"

func main() {
	adapter.Run(adapter.SDK{
		Name:     "aliyun/fc-go-sdk",
		Module:   "github.com/aliyun/fc-go-sdk",
		Revision: revision,
		Scheme:   "fc",
		Caps: "sign.fc sign.fc.http-trigger build parse invoke " +
			"invoke.async invoke.stateful invoke.qualifier invoke.log-tail invoke.trace-id invoke.account-id cred.sts " +
			"outcome.log-tail outcome.memory outcome.checksum outcome.instance-id outcome.service-version function-error " +
			"clock.own",
		Lacks: "sign.added-headers sign.encoded-urls build.repeated-headers " +
			"outcome.success-status function-error.error-status parse.code-bodies",
		Sign:   sign,
		Invoke: invoke,
	})
}

// sign calls `GetAuthStr`, which the client calls too; it adds no header and decodes no path.
func sign(input *adapter.SignInput) ([]adapter.Header, error) {
	path, query, _ := strings.Cut(input.URL[strings.Index(input.URL, "://")+3:], "?")
	resource := "/"
	if slash := strings.Index(path, "/"); slash >= 0 {
		resource = path[slash:]
	}
	switch input.Kind {
	case "presigned-url":
		return nil, adapter.Unsupported("sign.fc.presigned-url")
	case "http-trigger":
		resource = fc.GetSignResourceWithQueries(resource, pairs(query))
	}
	headers := map[string]string{}
	for _, header := range input.Headers {
		headers[spelled(header[0])] = header[1]
	}
	keys := input.Credentials
	signature := fc.GetAuthStr(keys.AccessKeyID, keys.AccessKeySecret, input.Method, headers, resource)
	return []adapter.Header{{"Authorization", signature}}, nil
}

// spelled is a header name as the signing function looks it up.
func spelled(name string) string {
	for _, of := range []string{fc.HTTPHeaderContentMD5, fc.HTTPHeaderContentType, fc.HTTPHeaderDate} {
		if strings.EqualFold(of, name) {
			return of
		}
	}
	return name
}

// pairs is a query as a map; a key without an equals sign has no values.
func pairs(query string) map[string][]string {
	found := map[string][]string{}
	for _, piece := range strings.Split(query, "&") {
		key, value, hasValue := strings.Cut(piece, "=")
		if piece == "" {
			continue
		}
		values := found[key]
		if hasValue {
			values = append(values, value)
		}
		found[key] = values
	}
	return found
}

// invoke calls `Client.InvokeFunction`; the SDK has options for the account, the types and the qualifier.
func invoke(call *adapter.Call, transport *http.Transport) (adapter.Outcome, error) {
	// The time limit is an option in whole seconds.
	seconds := (call.Timeout + time.Second - 1) / time.Second
	options := []fc.ClientOption{fc.WithTimeout(uint(seconds))}
	if transport != nil {
		options = append(options, fc.WithTransport(transport))
	}
	if token := call.Credentials.SecurityToken; token != "" {
		options = append(options, fc.WithSecurityToken(token))
	}
	if account := call.Input.AccountID; account != nil {
		options = append(options, fc.WithAccountID(*account))
	}
	keys := call.Credentials
	client, err := fc.NewClient(call.Endpoint, revision, keys.AccessKeyID, keys.AccessKeySecret, options...)
	if err != nil {
		return nil, err
	}
	output, err := client.InvokeFunction(inputOf(call.Input))
	isAsync := call.Input.InvocationType != nil && *call.Input.InvocationType == "Async"
	return outcomeOf(isAsync, output, err)
}

func inputOf(given adapter.Input) *fc.InvokeFunctionInput {
	input := fc.NewInvokeFunctionInput(given.Service, given.Function)
	if given.Qualifier != nil {
		input = input.WithQualifier(*given.Qualifier)
	}
	if given.Payload != nil {
		input = input.WithPayload(*given.Payload)
	}
	if given.InvocationType != nil {
		input = input.WithInvocationType(*given.InvocationType)
	}
	if given.LogType != nil {
		input = input.WithLogType(*given.LogType)
	}
	if given.TaskEnable != nil {
		input = input.WithHeader("X-Fc-Stateful-Async-Invocation-Enable", strconv.FormatBool(*given.TaskEnable))
	}
	if given.TaskID != nil {
		input = input.WithHeader("X-Fc-Stateful-Async-Invocation-Id", *given.TaskID)
	}
	if given.TraceID != nil {
		input = input.WithHeader("X-Fc-Trace-Id", *given.TraceID)
	}
	for _, header := range given.Headers {
		input = input.WithHeader(header[0], header[1])
	}
	return input
}

// outcomeOf translates a result or an error. The SDK returns no status with a result, so any result of an
// asynchronous call is an acceptance.
func outcomeOf(isAsync bool, output *fc.InvokeFunctionOutput, err error) (outcome adapter.Outcome, refused error) {
	// A user who reads a `*ServiceError` that is nil gets a panic.
	defer func() {
		if recover() != nil {
			outcome, refused = adapter.Panicked(), nil
		}
	}()
	var ofService *fc.ServiceError
	var ofClient *url.Error
	switch {
	case errors.As(err, &ofService):
		outcome := adapter.Outcome{"kind": "service_error", "status": ofService.HTTPStatus}
		outcome.Set("request_id", ofService.RequestID)
		outcome.Set("code", ofService.ErrorCode)
		outcome.Set("message", ofService.ErrorMessage)
		return outcome, nil
	case err != nil && !errors.As(err, &ofClient) && strings.HasSuffix(err.Error(), "is required but not provided"):
		return nil, err
	case err != nil:
		return adapter.Failed(err)
	}
	kind := "completed"
	if isAsync {
		kind = "accepted"
	}
	outcome = adapter.Returned(kind, output.Header.Get, output.Payload)
	if log, err := output.GetLogResult(); err == nil && log != "" && outcome["kind"] != "accepted" {
		outcome["log_tail_b64"] = base64.StdEncoding.EncodeToString([]byte(log))
	}
	return outcome, nil
}

// The adapter of github.com/alibabacloud-go/fc-20230330: revision 2023-03-30, signed by `ACS3-HMAC-SHA256`.
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/utils"
	fc "github.com/alibabacloud-go/fc-20230330/v4/client"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/alibabacloud-go/tea/tea"
	"github.com/fc-invoke/fc-invoke/conformance/adapters/sdk-go/adapter"
)

const algorithm = "ACS3-HMAC-SHA256"

func main() {
	adapter.Run(adapter.SDK{
		Name:     "alibabacloud-go/fc-20230330",
		Module:   "github.com/alibabacloud-go/fc-20230330/v4",
		Revision: "2023-03-30",
		Scheme:   "acs3",
		Caps: "sign.acs3 build parse invoke " +
			"invoke.async invoke.stateful invoke.qualifier invoke.log-tail invoke.trace-id invoke.account-id cred.sts " +
			"outcome.log-tail outcome.memory outcome.checksum outcome.instance-id outcome.service-version function-error " +
			"clock.own tasks",
		Lacks: "sign.added-headers sign.encoded-urls sign.repeated-keys build.repeated-headers " +
			"outcome.error-request-id outcome.log-decoding function-error.error-status parse.foreign-bodies",
		Sign:   sign,
		Invoke: invoke,
		Task:   task,
	})
}

// sign calls `GetAuthorization` of the core over the given headers; it adds none.
func sign(input *adapter.SignInput) ([]adapter.Header, error) {
	target, err := url.Parse(input.URL)
	if err != nil {
		return nil, err
	}
	query, err := url.ParseQuery(target.RawQuery)
	if err != nil {
		return nil, err
	}
	// The caller of the signing function passes every header; the host is that of the URL.
	headers := map[string]*string{"host": &target.Host}
	for _, header := range input.Headers {
		headers[strings.ToLower(header[0])] = &header[1]
	}
	request := dara.NewRequest()
	request.Method = &input.Method
	request.Pathname = dara.String(target.EscapedPath())
	request.Headers = headers
	for key, values := range query {
		request.Query[key] = dara.String(values[len(values)-1])
	}
	keys := input.Credentials
	authorization := openapi.GetAuthorization(
		request, dara.String(algorithm), headers["x-acs-content-sha256"], &keys.AccessKeyID, &keys.AccessKeySecret)
	return []adapter.Header{{"Authorization", *authorization}}, nil
}

// overTransport is the HTTP client of an exchange with the loopback server.
type overTransport struct{ *http.Client }

func (client overTransport) Call(request *http.Request, _ *http.Transport) (*http.Response, error) {
	return client.Do(request)
}

func clientOf(call *adapter.Call, transport *http.Transport) (*fc.Client, error) {
	keys := call.Credentials
	config := &openapi.Config{
		AccessKeyId:     &keys.AccessKeyID,
		AccessKeySecret: &keys.AccessKeySecret,
		Endpoint:        &call.Authority,
		Protocol:        &call.Scheme,
	}
	if keys.SecurityToken != "" {
		config.SecurityToken = &keys.SecurityToken
	}
	if transport != nil {
		config.HttpClient = overTransport{&http.Client{Transport: transport, Timeout: call.Timeout}}
	}
	return fc.NewClient(config)
}

func runtimeOf(call *adapter.Call) *dara.RuntimeOptions {
	milliseconds := int(call.Timeout.Milliseconds())
	return &dara.RuntimeOptions{ConnectTimeout: &milliseconds, ReadTimeout: &milliseconds}
}

// invoke calls `Client.InvokeFunctionWithOptions`; account and trace have no option and are set as headers.
func invoke(call *adapter.Call, transport *http.Transport) (adapter.Outcome, error) {
	client, err := clientOf(call, transport)
	if err != nil {
		return nil, err
	}
	input := call.Input
	headers := &fc.InvokeFunctionHeaders{
		CommonHeaders:     map[string]*string{},
		XFcAsyncTaskId:    input.TaskID,
		XFcInvocationType: input.InvocationType,
		XFcLogType:        input.LogType,
	}
	if input.AccountID != nil {
		headers.CommonHeaders["X-Fc-Account-Id"] = input.AccountID
	}
	if input.TraceID != nil {
		headers.CommonHeaders["X-Fc-Trace-Id"] = input.TraceID
	}
	if input.TaskEnable != nil {
		headers.CommonHeaders["X-Fc-Stateful-Async-Invocation-Enable"] = dara.String(strconv.FormatBool(*input.TaskEnable))
	}
	for _, header := range input.Headers {
		headers.CommonHeaders[header[0]] = &header[1]
	}
	request := &fc.InvokeFunctionRequest{Qualifier: input.Qualifier}
	if input.Payload != nil {
		request.Body = bytes.NewReader(*input.Payload)
	}
	response, err := client.InvokeFunctionWithOptions(&input.Function, request, headers, runtimeOf(call))
	if err != nil {
		return failed(err)
	}
	var payload []byte
	if response.Body != nil {
		// The SDK returns a stream; the caller has the payload after the last byte.
		if payload, err = io.ReadAll(response.Body); err != nil {
			return failed(err)
		}
	}
	header := func(name string) string { return dara.StringValue(response.Headers[strings.ToLower(name)]) }
	kind := "completed"
	if dara.Int32Value(response.StatusCode) == http.StatusAccepted {
		kind = "accepted"
	}
	outcome := adapter.Returned(kind, header, payload)
	setStatus(outcome, response.StatusCode)
	if log := header("X-Fc-Log-Result"); log != "" && kind != "accepted" {
		// The SDK returns it unchanged.
		outcome["log_tail_b64"] = base64.StdEncoding.EncodeToString([]byte(log))
	}
	return outcome, nil
}

func setStatus(outcome adapter.Outcome, status *int32) {
	if status != nil {
		outcome["status"] = *status
	}
}

// failed translates an error. `Data` is the error body as JSON; a missing code or message is the text "<nil>".
func failed(err error) (adapter.Outcome, error) {
	var ofService *tea.SDKError
	if !errors.As(err, &ofService) {
		return adapter.Failed(err)
	}
	if ofService.StatusCode == nil || *ofService.StatusCode == 0 {
		return nil, err
	}
	document := map[string]any{}
	// A body that is not an object has no members.
	_ = json.Unmarshal([]byte(dara.StringValue(ofService.Data)), &document)
	first := func(names ...string) string {
		for _, name := range names {
			if text, ok := document[name].(string); ok && text != "" {
				return text
			}
		}
		return ""
	}
	outcome := adapter.Outcome{"kind": "service_error", "status": *ofService.StatusCode}
	outcome.Set("code", first("ErrorCode", "errorCode"))
	outcome.Set("message", first("ErrorMessage", "errorMessage"))
	if first("Code", "code") != "" {
		outcome.Set("code", dara.StringValue(ofService.Code))
	}
	requestID := first("RequestId", "requestId")
	outcome.Set("request_id", requestID)
	if first("Message", "message") != "" {
		// The core adds text around the message.
		message := strings.TrimPrefix(dara.StringValue(ofService.Message), "code: "+strconv.Itoa(*ofService.StatusCode)+", ")
		if end := strings.LastIndex(message, " request id: "); end >= 0 {
			message = message[:end]
		}
		outcome.Set("message", message)
	}
	return outcome, nil
}

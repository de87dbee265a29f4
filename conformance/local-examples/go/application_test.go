// Package application has the tests of an application that calls functions.
package application

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/utils"
	fc "github.com/alibabacloud-go/fc-20230330/v4/client"
	"github.com/alibabacloud-go/tea/dara"
)

func text(name string) *string {
	return dara.String(functionCompute[name].(string))
}

// call is the client of the application. Only the endpoint and the keys differ from those of the service.
func call(t *testing.T, name, payload string, headers *fc.InvokeFunctionHeaders) (string, map[string]*string, error) {
	t.Helper()
	client, err := fc.NewClient(&openapi.Config{
		AccessKeyId: text("access_key_id"), AccessKeySecret: text("access_key_secret"),
		Endpoint: text("address"), Protocol: dara.String("http"), RegionId: text("region"),
	})
	if err != nil {
		t.Fatal(err)
	}
	request := &fc.InvokeFunctionRequest{Body: strings.NewReader(payload)}
	answer, err := client.InvokeFunctionWithOptions(&name, request, headers, &dara.RuntimeOptions{})
	if err != nil {
		return "", nil, err
	}
	body, err := io.ReadAll(answer.Body)
	return string(body), answer.Headers, err
}

func TestACommandAnswers(t *testing.T) {
	headers := &fc.InvokeFunctionHeaders{XFcLogType: dara.String("Tail")}
	body, received, err := call(t, "small", "HELLO", headers)
	if err != nil || body != "hello" || received["x-fc-log-result"] == nil {
		t.Fatal(body, received, err)
	}
}

func TestAServerAnswers(t *testing.T) {
	if body, _, err := call(t, "capitals", "hello", &fc.InvokeFunctionHeaders{}); err != nil || body != "HELLO" {
		t.Fatal(body, err)
	}
}

func TestTheApplicationTriesAgainWhileTheServiceIsBusy(t *testing.T) {
	for range 2 {
		_, _, err := call(t, "flaky", "{}", &fc.InvokeFunctionHeaders{})
		if err == nil || !strings.Contains(err.Error(), "ResourceExhausted") {
			t.Fatal(err)
		}
	}
	if body, _, err := call(t, "flaky", "{}", &fc.InvokeFunctionHeaders{}); err != nil || body != `{"state": "done"}` {
		t.Fatal(body, err)
	}
}

func TestWhatWasCalled(t *testing.T) {
	headers := &fc.InvokeFunctionHeaders{XFcInvocationType: dara.String("Async")}
	if _, _, err := call(t, "small", "LATER", headers); err != nil {
		t.Fatal(err)
	}
	answer, err := http.Get(functionCompute["control_url"].(string) + "/calls?function=small")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var received struct {
		Calls []struct {
			Kind    string
			Payload struct{ Text string }
		}
	}
	if err := json.NewDecoder(answer.Body).Decode(&received); err != nil {
		t.Fatal(err)
	}
	last := received.Calls[len(received.Calls)-1]
	if last.Kind != "Async" || last.Payload.Text != "LATER" {
		t.Fatal(last)
	}
}

// Signs one request again and again with the signing function of an official Go SDK.
//
// Reads the request as JSON, and writes the CPU time of one signature and the last signature as JSON.
package main

import (
	"encoding/json"
	"log"
	"os"
	"slices"
	"strings"
	"syscall"

	"github.com/alibabacloud-go/darabonba-openapi/v2/utils"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/aliyun/fc-go-sdk"
)

const (
	warmUp  = 300_000_000
	batches = 7
	batch   = 30_000_000
)

type request struct {
	Scheme          string      `json:"scheme"`
	Method          string      `json:"method"`
	Path            string      `json:"path"`
	Headers         [][2]string `json:"headers"`
	AccessKeyID     string      `json:"access_key_id"`
	AccessKeySecret string      `json:"access_key_secret"`
}

type result struct {
	Nanoseconds   float64 `json:"nanoseconds"`
	Authorization string  `json:"authorization"`
}

func main() {
	var given request
	if err := json.NewDecoder(os.Stdin).Decode(&given); err != nil {
		log.Fatal(err)
	}
	sign := ofFc(&given)
	if given.Scheme == "ACS3" {
		sign = ofCore(&given)
	}
	found := result{nanoseconds(sign), sign()}
	if err := json.NewEncoder(os.Stdout).Encode(found); err != nil {
		log.Fatal(err)
	}
}

// ofFc calls `GetAuthStr` of fc-go-sdk, which looks three headers up by their spelling.
func ofFc(given *request) func() string {
	headers := map[string]string{}
	for _, header := range given.Headers {
		name := header[0]
		for _, of := range []string{fc.HTTPHeaderContentMD5, fc.HTTPHeaderContentType, fc.HTTPHeaderDate} {
			if strings.EqualFold(of, name) {
				name = of
			}
		}
		headers[name] = header[1]
	}
	return func() string {
		return fc.GetAuthStr(given.AccessKeyID, given.AccessKeySecret, given.Method, headers, given.Path)
	}
}

// ofCore calls `GetAuthorization` of the core of the generated SDKs, which takes the digest of the payload.
func ofCore(given *request) func() string {
	headers := map[string]*string{}
	for _, header := range given.Headers {
		headers[header[0]] = &header[1]
	}
	signed := dara.NewRequest()
	signed.Method, signed.Pathname, signed.Headers = &given.Method, &given.Path, headers
	algorithm, digest := dara.String("ACS3-HMAC-SHA256"), headers["x-acs-content-sha256"]
	return func() string {
		return *utils.GetAuthorization(signed, algorithm, digest, &given.AccessKeyID, &given.AccessKeySecret)
	}
}

func nanoseconds(sign func() string) float64 {
	count := 0
	for end := cpu() + warmUp; cpu() < end; count++ {
		sign()
	}
	count = max(1, count*batch/warmUp)
	found := make([]float64, batches)
	for each := range found {
		start := cpu()
		for range count {
			sign()
		}
		found[each] = float64(cpu()-start) / float64(count)
	}
	slices.Sort(found)
	return found[batches/2]
}

// cpu is the CPU time of this process in nanoseconds, that of the garbage collector included.
func cpu() int64 {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		log.Fatal(err)
	}
	return usage.Utime.Nano() + usage.Stime.Nano()
}

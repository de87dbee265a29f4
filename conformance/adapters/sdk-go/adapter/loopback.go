package adapter

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
)

// A server in this process that stores requests byte for byte and sends a raw response. During an exchange the
// transport connects every host to this server, without TLS: the SDK signs and sends the host and the scheme of the
// case and reaches no other server.

var emptyAnswer = []byte("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

// afterARedirect is the target of a redirect: a client that follows one gets a success.
var afterARedirect = emptyAnswer

// received is a request as it arrived.
type received struct {
	method, target string
	headers        []Header
	body           []byte
}

func (request received) header(name string) string {
	for _, header := range request.headers {
		if strings.EqualFold(header[0], name) {
			return header[1]
		}
	}
	return ""
}

// unsigned is the text of the headers without those of one signature.
func (request received) unsigned() string {
	var all strings.Builder
	for _, header := range request.headers {
		switch strings.ToLower(header[0]) {
		case "authorization", "date", "x-acs-date", "x-acs-signature-nonce":
		default:
			all.WriteString(header[0] + ": " + header[1] + "\n")
		}
	}
	return all.String()
}

type server struct {
	answer      []byte
	lock        sync.Mutex
	requests    []received
	connections sync.WaitGroup
}

// exchange sends `answer` to the first request of a call, and returns the requests that arrived.
func exchange(answer []byte, call func(*http.Transport) (Outcome, error)) (Outcome, []received, error) {
	this := &server{answer: answer}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, Fault(err.Error())
	}
	defer listener.Close()
	go this.accept(listener)
	dial := func(ctx context.Context, _, _ string) (net.Conn, error) {
		var dialer net.Dialer
		this.connections.Add(1)
		connection, err := dialer.DialContext(ctx, "tcp", listener.Addr().String())
		if err != nil {
			this.connections.Done()
		}
		return connection, err
	}
	transport := &http.Transport{DialContext: dial, DialTLSContext: dial}
	outcome, err := call(transport)
	// The next call must not reuse a connection of this one.
	transport.CloseIdleConnections()
	this.connections.Wait()
	this.lock.Lock()
	defer this.lock.Unlock()
	return outcome, this.requests, err
}

func (this *server) accept(listener net.Listener) {
	for {
		connection, err := listener.Accept()
		if err != nil {
			return
		}
		go this.serve(connection)
	}
}

func (this *server) serve(connection net.Conn) {
	defer this.connections.Done()
	defer connection.Close()
	stream := bufio.NewReader(connection)
	// Only a response without framing ends the connection: a client that follows a redirect on this connection must
	// not find it closed by chance.
	for {
		request, err := readRequest(stream)
		if err != nil {
			return
		}
		this.lock.Lock()
		answer := this.answer
		if len(this.requests) > 0 {
			answer = afterARedirect
		}
		this.requests = append(this.requests, request)
		this.lock.Unlock()
		if _, err := connection.Write(answer); err != nil || !hasAnEnd(answer) {
			return
		}
	}
}

// hasAnEnd reports whether the head of a response frames its body, and the connection stays open.
func hasAnEnd(answer []byte) bool {
	head, _, _ := bytes.Cut(answer, []byte("\r\n\r\n"))
	lines := strings.Split(strings.ToLower(string(head)), "\r\n")
	status := strings.Split(lines[0], " ")[1]
	framed := status == "204" || status == "304"
	for _, line := range lines[1:] {
		if line == "connection: close" {
			return false
		}
		framed = framed || strings.HasPrefix(line, "content-length:") || strings.HasPrefix(line, "transfer-encoding:")
	}
	return framed
}

// rawAnswer is a response in bytes; a body without framing ends with the connection.
func rawAnswer(status int, headers []Header, body []byte) []byte {
	reason := http.StatusText(status)
	if reason == "" {
		reason = "Unknown"
	}
	var answer bytes.Buffer
	fmt.Fprintf(&answer, "HTTP/1.1 %d %s\r\n", status, reason)
	chunked := false
	for _, header := range headers {
		isFraming := strings.EqualFold(header[0], "transfer-encoding") && strings.EqualFold(header[1], "chunked")
		chunked = chunked || isFraming
		answer.WriteString(header[0] + ": " + header[1] + "\r\n")
	}
	answer.WriteString("\r\n")
	switch {
	case !chunked:
		answer.Write(body)
	case len(body) > 0:
		fmt.Fprintf(&answer, "%x\r\n%s\r\n0\r\n\r\n", len(body), body)
	default:
		answer.WriteString("0\r\n\r\n")
	}
	return answer.Bytes()
}

func readRequest(stream *bufio.Reader) (received, error) {
	var request received
	first, err := stream.ReadString('\n')
	if err != nil {
		return request, err
	}
	parts := strings.SplitN(strings.TrimSuffix(first, "\r\n"), " ", 3)
	if len(parts) != 3 {
		return request, io.ErrUnexpectedEOF
	}
	request.method, request.target = parts[0], text(parts[1])
	for {
		line, err := stream.ReadString('\n')
		if err != nil {
			return request, err
		}
		line = strings.TrimSuffix(line, "\r\n")
		if line == "" {
			break
		}
		name, value, _ := strings.Cut(line, ":")
		request.headers = append(request.headers, Header{text(name), text(strings.Trim(value, " \t"))})
	}
	if strings.EqualFold(request.header("transfer-encoding"), "chunked") {
		request.body, err = readChunks(stream)
		return request, err
	}
	length, _ := strconv.Atoi(request.header("content-length"))
	request.body = make([]byte, length)
	_, err = io.ReadFull(stream, request.body)
	return request, err
}

func readChunks(stream *bufio.Reader) ([]byte, error) {
	var body []byte
	for {
		line, err := stream.ReadString('\n')
		if err != nil {
			return body, err
		}
		size, err := strconv.ParseInt(strings.TrimSpace(line), 16, 32)
		if err != nil {
			return body, err
		}
		chunk := make([]byte, size+2)
		if _, err := io.ReadFull(stream, chunk); err != nil {
			return body, err
		}
		if size == 0 {
			return body, nil
		}
		body = append(body, chunk[:size]...)
	}
}

// text is the bytes of a header as text: UTF-8, otherwise Latin-1.
func text(octets string) string {
	if utf8.ValidString(octets) {
		return octets
	}
	runes := make([]rune, 0, len(octets))
	for _, octet := range []byte(octets) {
		runes = append(runes, rune(octet))
	}
	return string(runes)
}

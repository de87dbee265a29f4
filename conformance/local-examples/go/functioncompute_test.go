package application

import (
	"bufio"
	"encoding/json"
	"log"
	"os"
	"os/exec"
	"testing"
)

// functionCompute is where the local Function Compute is, and its keys.
var functionCompute map[string]any

func TestMain(m *testing.M) {
	command := exec.Command("fcgate", "serve", "--ready-json", "--until-stdin-closes", "--control",
		"--function", "small=exec:tr A-Z a-z", "--function", "capitals=start:python3 ../server.py", "--function", "flaky=script:../flaky.json")
	command.Stderr = os.Stderr
	input, _ := command.StdinPipe()
	output, _ := command.StdoutPipe()
	if err := command.Start(); err != nil {
		log.Fatal(err)
	}
	line, _ := bufio.NewReader(output).ReadBytes('\n')
	if err := json.Unmarshal(line, &functionCompute); err != nil {
		log.Fatal(err)
	}
	code := m.Run()
	input.Close()
	if command.Wait(); command.ProcessState.ExitCode() == 1 {
		log.Fatal("a request was wrong: the log says why")
	}
	os.Exit(code)
}

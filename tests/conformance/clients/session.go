package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"credential_provider/tests/conformance/client"
)

// A JVM among others on a slow machine takes its time.
const longestListing = 2 * time.Minute

// session is a running program of a client, which lists namespaces whenever it is told to.
type session struct {
	command  *exec.Cmd
	commands *os.File
	outcomes chan string
	stderr   bytes.Buffer
}

func startSession(ctx context.Context, home *client.Home, program string) (*session, error) {
	path := filepath.Join(home.Folder, "commands")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		return nil, err
	}
	commands, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	s := &session{command: home.Command(ctx, program, path), commands: commands, outcomes: make(chan string, 100)}
	s.command.Stderr = &s.stderr
	stdout, err := s.command.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := s.command.Start(); err != nil {
		return nil, err
	}
	go func() {
		defer close(s.outcomes)
		for lines := bufio.NewScanner(stdout); lines.Scan(); {
			s.outcomes <- lines.Text()
		}
	}()
	return s, nil
}

// tell sends "list" or "new" and returns nil when that went well.
func (s *session) tell(command string) error {
	if _, err := fmt.Fprintln(s.commands, command); err != nil {
		return err
	}
	select {
	case outcome, isOpen := <-s.outcomes:
		if !isOpen {
			return errors.New("the program has ended: " + s.stderr.String())
		}
		if !strings.HasPrefix(outcome, "ok ") || !strings.Contains(outcome, "kube-system") {
			return errors.New(outcome)
		}
		return nil
	case <-time.After(longestListing):
		return errors.New("the program does not answer")
	}
}

func (s *session) end() {
	s.commands.Close()
	time.AfterFunc(5*time.Second, func() { s.command.Process.Kill() })
	for range s.outcomes {
	}
	s.command.Wait()
}

// Package cluster runs a real control plane on loopback: etcd and kube-apiserver.
package cluster

import (
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"syscall"
	"time"
)

// Whatever happens to this program, what it started ends.
const longestLife = "900"

// Supervisor ends what was started through it.
type Supervisor struct {
	ctx     context.Context
	cancel  context.CancelFunc
	running sync.WaitGroup
}

// NewSupervisor returns one whose programs also end with ctx.
func NewSupervisor(ctx context.Context) *Supervisor {
	ctx, cancel := context.WithCancel(ctx)
	return &Supervisor{ctx: ctx, cancel: cancel}
}

// Stop ends all programs and returns when they are gone.
func (s *Supervisor) Stop() {
	s.cancel()
	s.running.Wait()
}

// process is a program that was started.
type process struct {
	name, log string
	ended     chan struct{}
}

// start runs program, its output in folder/name.log.
func (s *Supervisor) start(folder, name, program string, args ...string) (*process, error) {
	log, err := os.Create(filepath.Join(folder, name+".log"))
	if err != nil {
		return nil, err
	}
	defer log.Close()
	command := exec.CommandContext(s.ctx, "timeout", append([]string{"-k", "5", longestLife, program}, args...)...)
	command.Cancel = func() error { return command.Process.Signal(syscall.SIGTERM) }
	command.Stdout, command.Stderr = log, log
	if err := command.Start(); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	started := &process{name: name, log: log.Name(), ended: make(chan struct{})}
	s.running.Go(func() {
		command.Wait()
		close(started.ended)
	})
	return started, nil
}

// await calls isReady until it is true, for at most patience.
func (p *process) await(patience time.Duration, isReady func() bool) error {
	late := time.After(patience)
	for !isReady() {
		select {
		case <-p.ended:
			return fmt.Errorf("%s: ended: %s", p.name, p.lastLines())
		case <-late:
			return fmt.Errorf("%s: not ready after %s: %s", p.name, patience, p.lastLines())
		case <-time.After(100 * time.Millisecond):
		}
	}
	return nil
}

func (p *process) lastLines() string {
	text, _ := os.ReadFile(p.log)
	return string(text[max(0, len(text)-1000):])
}

// freePort returns a port of the loopback address that nothing listens on.
func freePort() (int, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer listener.Close()
	return listener.Addr().(*net.TCPAddr).Port, nil
}

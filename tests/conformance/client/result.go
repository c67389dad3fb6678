package client

import (
	"fmt"
	"strings"
)

// Success is nil when the run succeeded and said nothing on stderr.
func (r Result) Success() error {
	if r.Status == 0 && r.Stderr == "" {
		return nil
	}
	return fmt.Errorf("status %d, stderr: %s", r.Status, r.Stderr)
}

// Failure is nil when the run failed, printed nothing on stdout, and stderr contains text.
func (r Result) Failure(text string) error {
	if r.Status != 0 && r.Stdout == "" && strings.Contains(r.Stderr, text) {
		return nil
	}
	return fmt.Errorf("expected a failure with %q; status %d, stdout: %s, stderr: %s", text, r.Status, r.Stdout, r.Stderr)
}

// Shows is nil when the run succeeded and stdout contains text.
func (r Result) Shows(text string) error {
	if err := r.Success(); err != nil {
		return err
	}
	if !strings.Contains(r.Stdout, text) {
		return fmt.Errorf("no %q in stdout: %s", text, r.Stdout)
	}
	return nil
}

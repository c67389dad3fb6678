// Package sandbox starts tests/sandbox, which plays Alibaba Cloud, and speaks to its control listener.
package sandbox

import (
	"bytes"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// Sandbox is a running sandbox: the addresses and files that its port file names.
type Sandbox struct {
	Cloud                 string `json:"cloud"`
	Control               string `json:"control"`
	CAFile                string `json:"ca_file"`
	ClientCAFile          string `json:"client_ca_file"`
	ServerCertificateFile string `json:"server_certificate_file"`
	ServerKeyFile         string `json:"server_key_file"`

	process *exec.Cmd
}

// Start runs program with its files in folder, until Stop or for lifetime.
func Start(program, folder string, lifetime time.Duration) (*Sandbox, error) {
	s := &Sandbox{process: exec.Command(program, "--dir", folder, "--lifetime", fmt.Sprint(int(lifetime.Seconds())))}
	s.process.Stderr = os.Stderr
	if err := s.process.Start(); err != nil {
		return nil, fmt.Errorf("sandbox: %w", err)
	}
	for range 200 {
		if text, err := os.ReadFile(filepath.Join(folder, "sandbox.json")); err == nil {
			return s, json.Unmarshal(text, s)
		}
		time.Sleep(50 * time.Millisecond)
	}
	s.Stop()
	return nil, fmt.Errorf("sandbox: did not start")
}

// Stop ends it.
func (s *Sandbox) Stop() {
	s.process.Process.Kill()
	s.process.Wait()
}

// Configure sets all settings of the replies; those not named get their default.
func (s *Sandbox) Configure(settings map[string]any) error { return s.post("/config", settings) }

// AddKey adds an AccessKey of user 200000000000000009.
func (s *Sandbox) AddKey(id, secret string) error {
	return s.post("/key", map[string]any{"access_key_id": id, "secret": secret})
}

// AddUser adds a user with an AccessKey.
func (s *Sandbox) AddUser(id, accessKeyID, secret string) error {
	return s.post("/key", map[string]any{"user_id": id, "access_key_id": accessKeyID, "secret": secret})
}

// Revoke makes the API server refuse what the user of accessKeyID has been given so far.
func (s *Sandbox) Revoke(accessKeyID string) error {
	return s.post("/revoke", map[string]any{"identity": accessKeyID})
}

// Refuse makes Container Service refuse accessKeyID from now on.
func (s *Sandbox) Refuse(accessKeyID string) error {
	return s.post("/fault", map[string]any{"error": "StatusForbidden", "times": -1,
		"match": map[string]any{"access_key_id": accessKeyID}})
}

// Granted returns how many requests to service ("cs", "sts") that accessKeyID signed were granted.
func (s *Sandbox) Granted(accessKeyID, service string) (int, error) {
	return s.count(accessKeyID, service, func(status int) bool { return status == http.StatusOK })
}

// Asked returns how many there were, whatever became of them.
func (s *Sandbox) Asked(accessKeyID, service string) (int, error) {
	return s.count(accessKeyID, service, func(int) bool { return true })
}

func (s *Sandbox) count(accessKeyID, service string, counts func(status int) bool) (count int, err error) {
	reply, err := http.Get(s.Control + "/requests")
	if err != nil {
		return 0, err
	}
	defer reply.Body.Close()
	var requests []struct {
		Service     string `json:"service"`
		AccessKeyID string `json:"access_key_id"`
		Status      int    `json:"status"`
	}
	if err := json.NewDecoder(reply.Body).Decode(&requests); err != nil {
		return 0, fmt.Errorf("sandbox: requests: %w", err)
	}
	for _, request := range requests {
		if request.AccessKeyID == accessKeyID && request.Service == service && counts(request.Status) {
			count++
		}
	}
	return count, nil
}

// ClientCA returns the CA, as PEM, that signs the client certificates of the first cluster.
func (s *Sandbox) ClientCA() ([]byte, error) {
	bundle, err := os.ReadFile(s.ClientCAFile)
	if err != nil {
		return nil, err
	}
	block, _ := pem.Decode(bundle)
	if block == nil {
		return nil, fmt.Errorf("%s: no certificate", s.ClientCAFile)
	}
	return pem.EncodeToMemory(block), nil
}

func (s *Sandbox) post(path string, body map[string]any) error {
	text, err := json.Marshal(body)
	if err != nil {
		return err
	}
	reply, err := http.Post(s.Control+path, "application/json", bytes.NewReader(text))
	if err != nil {
		return err
	}
	defer reply.Body.Close()
	if reply.StatusCode != http.StatusOK {
		message, _ := io.ReadAll(reply.Body)
		return fmt.Errorf("sandbox: %s: %s", path, message)
	}
	return nil
}

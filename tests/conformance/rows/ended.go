package rows

import (
	"bytes"
	"context"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"credential_provider/tests/conformance/client"
)

// ShortLife is how long the certificates of a trial's Short live: little more than what is still worth an expiry
// for the client.
const ShortLife = 123 * time.Second

// A certificate has ended for the server, too.
const untilEnded = ShortLife + 2*time.Second

type execCredential struct {
	Status struct{ ClientCertificateData, ClientKeyData string }
}

// sleep returns false when ctx ended before.
func sleep(ctx context.Context, duration time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(duration):
		return true
	}
}

func (t *Trial) shortInstalled(name string) (*client.Home, error) {
	home, err := t.homeAt(name, t.Short)
	if err != nil {
		return nil, err
	}
	return home, home.Install("ack", "--endpoint-type", "private")
}

// A watch goes on when its certificate ends, and shows what happens after that.
func watchAcrossEnd(t *Trial) error {
	home, err := t.shortInstalled("watch")
	if err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(t.Context)
	defer cancel()
	watch := home.KubectlCommand(ctx, "get", "pods", "--watch", "--output", "name")
	output, err := os.Create(filepath.Join(home.Folder, "watch.log"))
	if err != nil {
		return err
	}
	defer output.Close()
	watch.Stdout, watch.Stderr = output, output
	if err := watch.Start(); err != nil {
		return err
	}
	defer func() { cancel(); watch.Wait() }()
	early := fmt.Sprintf("early-%d-%d", t.Minor, t.Client)
	late := fmt.Sprintf("late-%d-%d", t.Minor, t.Client)
	if err := t.appearsIn(output.Name(), early); err != nil {
		return err
	}
	if !sleep(t.Context, untilEnded) {
		return t.Context.Err()
	}
	return t.appearsIn(output.Name(), late)
}

// appearsIn creates a pod and waits for it in the output of a watch.
func (t *Trial) appearsIn(file, pod string) error {
	if err := t.Server.CreatePod(t.Context, pod); err != nil {
		return err
	}
	var shown []byte
	for range 300 {
		shown, _ = os.ReadFile(file)
		if bytes.Contains(shown, []byte("pod/"+pod+"\n")) {
			return nil
		}
		time.Sleep(100 * time.Millisecond)
	}
	return fmt.Errorf("the watch does not show %s: %s", pod, shown)
}

// The server refuses an ended certificate; with our programs the user never sees that.
func endedCertificate(t *Trial) error {
	home, err := t.shortInstalled("ended")
	if err != nil {
		return err
	}
	if err := showsNamespaces(home); err != nil {
		return err
	}
	answer, err := currentCredential(home)
	if err != nil {
		return err
	}
	if err := asItself(home, answer).Shows("kube-system"); err != nil {
		return err
	}
	if !sleep(t.Context, untilEnded) {
		return t.Context.Err()
	}
	if err := asItself(home, answer).Failure(unauthorized); err != nil {
		return err
	}
	return expectMints(home, 1, func() error { return showsNamespaces(home) })
}

// currentCredential returns what the stanza's command prints now.
func currentCredential(home *client.Home) (answer execCredential, err error) {
	args := home.Kubectl("config", "view", "--minify", "-o", `jsonpath={range .users[0].user.exec.args[*]}{@}{"\n"}{end}`)
	if err := args.Success(); err != nil {
		return answer, err
	}
	result := home.Run("credential_provider", strings.Fields(args.Stdout)...)
	if err := result.Success(); err != nil {
		return answer, err
	}
	return answer, json.Unmarshal([]byte(result.Stdout), &answer)
}

// commonName returns the user that the home's certificate names.
func commonName(home *client.Home) (string, error) {
	answer, err := currentCredential(home)
	if err != nil {
		return "", err
	}
	block, _ := pem.Decode([]byte(answer.Status.ClientCertificateData))
	if block == nil {
		return "", errors.New("no certificate")
	}
	certificate, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return "", err
	}
	return certificate.Subject.CommonName, nil
}

// asItself runs `get ns` with the certificate given, without our programs.
func asItself(home *client.Home, credential execCredential) client.Result {
	certificate, key := filepath.Join(home.Folder, "itself.pem"), filepath.Join(home.Folder, "itself-key.pem")
	err := errors.Join(os.WriteFile(certificate, []byte(credential.Status.ClientCertificateData), 0o600),
		os.WriteFile(key, []byte(credential.Status.ClientKeyData), 0o600))
	if err != nil {
		return client.Result{Stderr: err.Error(), Status: -1}
	}
	return home.Kubectl("get", "ns", "--client-certificate", certificate, "--client-key", key)
}

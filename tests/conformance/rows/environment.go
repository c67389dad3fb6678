package rows

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"credential_provider/tests/conformance/client"
)

const contextName = "ack-" + client.ClusterID

// The server's certificate is not signed by the CA that the kubeconfig names.
func wrongServerCA(t *Trial) error {
	home, err := t.installed("wrong-ca")
	if err != nil {
		return err
	}
	changed := home.Kubectl("config", "set-cluster", contextName, "--certificate-authority", t.Short.CAFile, "--embed-certs")
	if changed.Status != 0 {
		return changed.Success()
	}
	return home.Kubectl("get", "ns").Failure("certificate signed by unknown authority")
}

func clockAhead(t *Trial) error { return t.clockOff("ahead", "+3600s") }

func clockBehind(t *Trial) error { return t.clockOff("behind", "-3600s") }

// clockOff shifts the clock of credential_provider; kubectl is written in Go and cannot be lied to. The run that asks warns.
func (t *Trial) clockOff(name, offset string) error {
	if t.Faketime == "" {
		return NotApplicable("there is no libfaketime, and apt-get cannot download it")
	}
	home, err := t.installed("clock-" + name)
	if err != nil {
		return err
	}
	shifted := home.Kubectl("config", "set-credentials", contextName, "--exec-env=LD_PRELOAD="+t.Faketime,
		"--exec-env=FAKETIME="+offset, "--exec-env=NO_FAKE_STAT=1")
	if shifted.Status != 0 {
		return shifted.Success()
	}
	err = expectMints(home, 1, func() error {
		result := home.Kubectl("get", "ns")
		return client.Result{Stdout: result.Stdout, Status: result.Status}.Shows("kube-system")
	})
	if err != nil {
		return fmt.Errorf("first run: %w", err)
	}
	return expectMints(home, 0, func() error { return showsNamespaces(home) })
}

func allowlisted(t *Trial) error {
	home, err := t.withPolicy("allowlisted", "Allowlist", "credential_provider")
	if err != nil {
		return err
	}
	return showsNamespaces(home)
}

func notAllowlisted(t *Trial) error {
	home, err := t.withPolicy("not-allowlisted", "Allowlist", "other_plugin")
	if err != nil {
		return err
	}
	return expectMints(home, 0, func() error {
		other := home.Kubectl("get", "ns").Failure("is not permitted by the credential plugin allowlist")
		if err := writePolicy(t, home, "DenyAll", ""); err != nil {
			return err
		}
		return errors.Join(other, home.Kubectl("get", "ns").Failure(`policy set to "DenyAll"`))
	})
}

// policies are kubercs as people write them, FIELD being the spelling of this kubectl's version.
var policies = []string{
	"credentialPluginPolicy: AllowAll\n",
	"credentialPluginPolicy: DenyAll\n",
	"credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n- FIELD: PATH\n",
	"credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n- FIELD: /usr/bin/credential_provider\n",
	"credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n- FIELD: other\n- FIELD: credential_provider\n",
	"credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist: []\n",
	"credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n- FIELD: credential\n",
	"credentialPluginPolicy: Allowlist\ncredentialPluginAllowlist:\n- FIELD: \"\"\n",
	"credentialPluginPolicy: Allowlist\n",
	"credentialPluginPolicy: DenyAll\ncredentialPluginAllowlist:\n- FIELD: credential_provider\n",
	"credentialPluginPolicy: allowlist\ncredentialPluginAllowlist:\n- FIELD: credential_provider\n",
	"credentialPluginAllowlist:\n- FIELD: credential_provider\n",
	"credentialPluginPolicy: \"\"\n",
	"",
}

// verifyAgrees compares what kubectl does under each policy with what kubeconfig_writer says of it.
func verifyAgrees(t *Trial) error {
	home, err := t.withPolicy("verify-agrees", "AllowAll", "")
	if err != nil {
		return err
	}
	field := "command"
	if t.Client == 35 {
		field = "name"
	}
	var differences []error
	for _, policy := range policies {
		policy = strings.NewReplacer("FIELD", field, "PATH", home.Provider()).Replace(policy)
		if err := writeKuberc(home, policy); err != nil {
			return err
		}
		kubectl, verify := home.Kubectl("get", "ns"), home.Run("kubeconfig_writer", "verify", contextName)
		if (kubectl.Status == 0) != (verify.Status == 0) {
			differences = append(differences, fmt.Errorf("under %q kubectl says %q, verify %q", policy, kubectl.Stderr, verify.Stderr))
		}
	}
	return errors.Join(differences...)
}

// withPolicy makes a home whose kuberc says which plugins may be started.
func (t *Trial) withPolicy(name, policy, plugin string) (*client.Home, error) {
	if t.Client < 35 {
		return nil, NotApplicable("kubectl before 1.35 has no policy for plugins")
	}
	home, err := t.installed(name)
	if err != nil {
		return nil, err
	}
	return home, writePolicy(t, home, policy, plugin)
}

func writePolicy(t *Trial, home *client.Home, policy, plugin string) error {
	text := "credentialPluginPolicy: " + policy + "\n"
	if plugin != "" {
		field := "command"
		if t.Client == 35 {
			field = "name"
		}
		text += fmt.Sprintf("credentialPluginAllowlist:\n- %s: %s\n", field, plugin)
	}
	return writeKuberc(home, text)
}

func writeKuberc(home *client.Home, fields string) error {
	text := "apiVersion: kubectl.config.k8s.io/v1beta1\nkind: Preference\n" + fields
	return os.WriteFile(filepath.Join(home.Folder, ".kube/kuberc"), []byte(text), 0o600)
}

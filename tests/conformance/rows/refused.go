package rows

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"time"

	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/clientcmd/api"

	"credential_provider/tests/conformance/client"
	"credential_provider/tests/conformance/sandbox"
)

const (
	unauthorized   = "You must be logged in to the server"
	strangeCluster = "c00000000000000000000000000000003"
	// Nothing younger than a minute is taken for refused.
	untilTakenForRefused = 62 * time.Second
)

// Several users of one name in one second would share a binding.
var oneBinding sync.Mutex

// Access is given to one certificate, as ACK does, and taken away again.
func bindingRemoved(t *Trial) error {
	home, err := t.home("unbound")
	if err != nil {
		return err
	}
	home.UseKey("sandbox-bob")
	if err := home.Install("ack"); err != nil {
		return err
	}
	oneBinding.Lock()
	defer oneBinding.Unlock()
	name, err := commonName(home)
	if err != nil {
		return err
	}
	unbind, err := t.Server.BindReader(t.Context, name)
	if err != nil {
		return err
	}
	if err := eventually(func() error { return showsNamespaces(home) }); err != nil {
		return errors.Join(err, unbind())
	}
	if err := unbind(); err != nil {
		return err
	}
	if err := eventually(func() error { return home.Kubectl("get", "ns").Failure("Forbidden") }); err != nil {
		return err
	}
	return keepsName(home, name)
}

func keepsName(home *client.Home, before string) error {
	after, err := commonName(home)
	if err == nil && after != before {
		err = fmt.Errorf("the certificate was replaced: %s, then %s", before, after)
	}
	return err
}

// eventually repeats check for as long as a binding takes to be known to the server.
func eventually(check func() error) (err error) {
	for range 10 {
		if err = check(); err == nil {
			return nil
		}
		time.Sleep(200 * time.Millisecond)
	}
	return err
}

func strangeCA(t *Trial) error {
	home, err := t.home("strange")
	if err != nil {
		return err
	}
	if err := home.InstallCluster("ack", strangeCluster); err != nil {
		return err
	}
	return expectMints(home, 1, func() error { return home.Kubectl("get", "ns").Failure(unauthorized) })
}

// StrangeKubeconfig returns what Container Service would answer for cluster and server if it signed with a CA that
// the cluster does not know.
func StrangeKubeconfig(home *client.Home, cloud *sandbox.Sandbox, server string) (string, error) {
	result := home.Run("credential_provider", "get", "ack", "--cluster-id", strangeCluster,
		"--cs-endpoint", cloud.Cloud, "--store", "none")
	if err := result.Success(); err != nil {
		return "", err
	}
	var answer execCredential
	if err := json.Unmarshal([]byte(result.Stdout), &answer); err != nil {
		return "", err
	}
	authority, err := os.ReadFile(cloud.CAFile)
	if err != nil {
		return "", err
	}
	kubeconfig := api.NewConfig()
	kubeconfig.CurrentContext = "c"
	kubeconfig.Contexts["c"] = &api.Context{Cluster: "c", AuthInfo: "c"}
	kubeconfig.Clusters["c"] = &api.Cluster{Server: server, CertificateAuthorityData: authority}
	kubeconfig.AuthInfos["c"] = &api.AuthInfo{
		ClientCertificateData: []byte(answer.Status.ClientCertificateData),
		ClientKeyData:         []byte(answer.Status.ClientKeyData),
	}
	text, err := clientcmd.Write(*kubeconfig)
	return string(text), err
}

// The certificate that this puts into the store is one that the cluster refuses.
func prepareRefused(t *Trial) error {
	home, err := t.installed("refused")
	if err != nil {
		return err
	}
	t.refused = home
	return expectMints(home, 1, func() error {
		return home.Kubectl("get", "--raw", "/api").Failure(unauthorized)
	})
}

// The command that meets the 401 may fail; the next works.
func refusedIsReplaced(t *Trial) error {
	if !sleep(t.Context, untilTakenForRefused) {
		return t.Context.Err()
	}
	return expectMints(t.refused, 1, func() error {
		first := t.refused.Kubectl("get", "ns")
		if first.Status != 0 && !strings.Contains(first.Stderr, unauthorized) {
			return first.Success()
		}
		return showsNamespaces(t.refused)
	})
}

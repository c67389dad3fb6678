// Package rows has what is to be shown: each row of the table is one fact about kubectl, our programs and a real
// kube-apiserver.
package rows

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"credential_provider/tests/conformance/client"
	"credential_provider/tests/conformance/cluster"
	"credential_provider/tests/conformance/sandbox"
)

// Trial is a kubectl and a kube-apiserver.
type Trial struct {
	Context  context.Context
	Server   *cluster.Server
	Minor    int // of the kube-apiserver: 37 for 1.37
	Kubectl  string
	Client   int              // minor of kubectl
	Steady   *sandbox.Sandbox // its certificates live as long as asked
	Short    *sandbox.Sandbox // its certificates live for ShortLife
	Programs string           // folder with credential_provider and kubeconfig_writer
	Faketime string           // libfaketime, or ""
	Folder   string           // for homes
	Note     func(string)     // notes a figure for the report

	refused *client.Home // of the row that Prepare begins
}

// Row is one fact.
type Row struct {
	Name string
	// Prepare runs before all else, while Steady's replies hold StrangeKubeconfig.
	Prepare func(*Trial) error
	Run     func(*Trial) error
	// Waits tells that Run mostly waits for something to end.
	Waits bool
}

// NotApplicable is the reason why a row cannot be run for a trial.
type NotApplicable string

func (n NotApplicable) Error() string { return string(n) }

// PerKubectl are the rows of the table.
var PerKubectl = []Row{
	{Name: "`get ns`; the second asks nobody", Run: getNamespaces},
	{Name: "after `install` the first `get ns` asks nobody", Run: warmAfterInstall},
	{Name: "`get ns` with `v1beta1`", Run: getNamespacesV1beta1},
	{Name: "`auth whoami`", Run: whoami},
	{Name: "`ack-token`: `get ns`, `auth whoami`", Run: ackToken},
	{Name: "20 at once: one certificate", Run: parallel},
	{Name: "RBAC removed: 403, the certificate is kept", Run: bindingRemoved},
	{Name: "CA unknown to the cluster: 401", Run: strangeCA},
	{Name: "refused after a minute: replaced", Prepare: prepareRefused, Run: refusedIsReplaced, Waits: true},
	{Name: "`get pods -w` across the certificate's end", Run: watchAcrossEnd, Waits: true},
	{Name: "certificate ended: 401 by itself, renewed by us", Run: endedCertificate, Waits: true},
	{Name: "wrong CA in the kubeconfig: refused", Run: wrongServerCA},
	{Name: "clock an hour ahead", Run: clockAhead},
	{Name: "clock an hour behind", Run: clockBehind},
	{Name: "plugin policy: `Allowlist` with us", Run: allowlisted},
	{Name: "plugin policy: `Allowlist` without us, `DenyAll`", Run: notAllowlisted},
	{Name: "plugin policy: of 14 `verify` says the same as kubectl", Run: verifyAgrees},
}

// home makes a home for one row, at Steady.
func (t *Trial) home(name string) (*client.Home, error) { return t.homeAt(name, t.Steady) }

func (t *Trial) homeAt(name string, cloud *sandbox.Sandbox) (*client.Home, error) {
	return client.NewHome(filepath.Join(t.Folder, name), t.Programs, t.Kubectl, cloud)
}

// installed makes a home in which the stanza of ack is installed.
func (t *Trial) installed(name string, flags ...string) (*client.Home, error) {
	home, err := t.home(name)
	if err != nil {
		return nil, err
	}
	return home, home.Install("ack", flags...)
}

// expectMints fails unless work makes the home's key be given count certificates.
func expectMints(home *client.Home, count int, work func() error) error {
	before, err := home.Mints()
	if err != nil {
		return err
	}
	if err := work(); err != nil {
		return err
	}
	after, err := home.Mints()
	if err == nil && after-before != count {
		err = fmt.Errorf("%d certificates were issued, not %d", after-before, count)
	}
	return err
}

// showsNamespaces runs `get ns`.
func showsNamespaces(home *client.Home) error {
	return home.Kubectl("get", "ns").Shows("kube-system")
}

// userOf returns whom the cluster takes the home's user for.
func userOf(home *client.Home) (name, groups string, err error) {
	result := home.Kubectl("auth", "whoami", "-o", `jsonpath={.status.userInfo.username} {.status.userInfo.groups}`)
	name, groups, _ = strings.Cut(result.Stdout, " ")
	return name, groups, result.Success()
}

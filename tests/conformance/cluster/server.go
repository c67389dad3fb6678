package cluster

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"

	"credential_provider/tests/conformance/sandbox"
)

const adminToken = "conformance-admin"

const webhookKubeconfig = `apiVersion: v1
kind: Config
clusters: [{name: webhook, cluster: {server: %q}}]
users: [{name: none, user: {}}]
contexts: [{name: webhook, context: {cluster: webhook, user: none}}]
current-context: webhook
`

// Options of a kube-apiserver.
type Options struct {
	Program    string
	Folder     string // for its files
	Etcd       string // address
	EtcdPrefix string // under which it keeps its objects there
	Webhook    string // address of the token webhook
	// Each sandbox's CA signs client certificates. The server presents Steady's certificate at both addresses: some
	// clients do not say in the handshake which of them they mean.
	Steady, Short *sandbox.Sandbox
}

// Server is a running kube-apiserver.
type Server struct {
	SteadyAddress, ShortAddress string // which pass for a public address and a private one
	CA                          string // that signed its certificate, as PEM
	Admin                       kubernetes.Interface
}

// StartServer runs a kube-apiserver, and returns when it is ready.
func (s *Supervisor) StartServer(options Options) (*Server, error) {
	if err := os.MkdirAll(options.Folder, 0o700); err != nil {
		return nil, err
	}
	port, err := freePort()
	if err != nil {
		return nil, err
	}
	if err := writeFiles(options); err != nil {
		return nil, err
	}
	process, err := s.start(options.Folder, "kube-apiserver", options.Program, flags(options, port)...)
	if err != nil {
		return nil, err
	}
	ca, err := os.ReadFile(options.Steady.CAFile)
	if err != nil {
		return nil, err
	}
	server := &Server{
		CA:            string(ca),
		SteadyAddress: fmt.Sprintf("https://localhost:%d", port),
		ShortAddress:  fmt.Sprintf("https://127.0.0.1:%d", port),
	}
	server.Admin, err = kubernetes.NewForConfig(&rest.Config{Host: server.SteadyAddress, BearerToken: adminToken,
		TLSClientConfig: rest.TLSClientConfig{CAFile: options.Steady.CAFile}, QPS: 100, Burst: 200})
	if err != nil {
		return nil, err
	}
	return server, process.await(2*time.Minute, func() bool { return server.isReady(s.ctx) })
}

func (s *Server) isReady(ctx context.Context) bool {
	_, err := s.Admin.Discovery().RESTClient().Get().AbsPath("/readyz").DoRaw(ctx)
	return err == nil
}

func flags(options Options, port int) []string {
	file := func(name string) string { return filepath.Join(options.Folder, name) }
	return []string{
		"--etcd-servers=" + options.Etcd,
		"--etcd-prefix=/" + options.EtcdPrefix,
		"--bind-address=127.0.0.1",
		fmt.Sprintf("--secure-port=%d", port),
		"--endpoint-reconciler-type=none",
		"--service-cluster-ip-range=10.0.0.0/24",
		"--tls-cert-file=" + options.Steady.ServerCertificateFile,
		"--tls-private-key-file=" + options.Steady.ServerKeyFile,
		"--client-ca-file=" + file("client-ca.pem"),
		"--token-auth-file=" + file("tokens.csv"),
		"--authentication-token-webhook-config-file=" + file("webhook.yaml"),
		"--authentication-token-webhook-version=v1",
		"--authorization-mode=RBAC",
		"--service-account-issuer=https://kubernetes.default.svc",
		"--service-account-key-file=" + file("service-account.pem"),
		"--service-account-signing-key-file=" + file("service-account.pem"),
		"--disable-admission-plugins=ServiceAccount", // nothing here makes service accounts, and pods need none
	}
}

func writeFiles(options Options) error {
	steady, err := options.Steady.ClientCA()
	if err != nil {
		return err
	}
	short, err := options.Short.ClientCA()
	if err != nil {
		return err
	}
	key, err := newKey()
	if err != nil {
		return err
	}
	webhook := fmt.Sprintf(webhookKubeconfig, options.Webhook)
	for name, text := range map[string][]byte{
		"client-ca.pem":       append(steady, short...),
		"tokens.csv":          []byte(adminToken + ",conformance-admin,conformance-admin,system:masters\n"),
		"webhook.yaml":        []byte(webhook),
		"service-account.pem": key,
	} {
		if err := os.WriteFile(filepath.Join(options.Folder, name), text, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func newKey() ([]byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	der, err := x509.MarshalECPrivateKey(key)
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(&pem.Block{Type: "EC PRIVATE KEY", Bytes: der}), nil
}

package cluster

import (
	"fmt"
	"net/http"
	"path/filepath"
	"time"
)

// StartEtcd runs etcd and returns its address.
func (s *Supervisor) StartEtcd(program, folder string) (string, error) {
	client, err := freePort()
	if err != nil {
		return "", err
	}
	peer, err := freePort()
	if err != nil {
		return "", err
	}
	address, peerAddress := fmt.Sprintf("http://127.0.0.1:%d", client), fmt.Sprintf("http://127.0.0.1:%d", peer)
	etcd, err := s.start(folder, "etcd", program, "--data-dir", filepath.Join(folder, "etcd"), "--unsafe-no-fsync",
		"--listen-client-urls", address, "--advertise-client-urls", address, "--listen-peer-urls", peerAddress,
		"--initial-advertise-peer-urls", peerAddress, "--initial-cluster", "default="+peerAddress)
	if err != nil {
		return "", err
	}
	return address, etcd.await(30*time.Second, func() bool { return isHealthy(address) })
}

func isHealthy(address string) bool {
	reply, err := http.Get(address + "/health")
	if err != nil {
		return false
	}
	reply.Body.Close()
	return reply.StatusCode == http.StatusOK
}

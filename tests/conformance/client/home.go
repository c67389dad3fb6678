// Package client runs the programs under test, and kubectl, as a user would: in a home of the user's own.
package client

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"credential_provider/tests/conformance/sandbox"
)

// ClusterID is the cluster that the kube-apiserver stands for.
const ClusterID = "c00000000000000000000000000000001"

// AddedUserID is the user whose AccessKeys homes have.
const AddedUserID = "200000000000000009"

const longestRun = 4 * time.Minute

// Home is a user's folder, with an AccessKey of its own.
type Home struct {
	Folder      string
	AccessKeyID string
	programs    string
	kubectl     string
	cloud       *sandbox.Sandbox
	environment []string
}

// Result of a run.
type Result struct {
	Stdout, Stderr string
	Status         int
}

// NewHome makes a home in folder. Programs is a folder with credential_provider and kubeconfig_writer.
func NewHome(folder, programs, kubectl string, cloud *sandbox.Sandbox) (*Home, error) {
	id := "sandbox-" + strings.ReplaceAll(strings.Trim(folder, "/"), "/", "-")
	if err := cloud.AddKey(id, id+"-secret"); err != nil {
		return nil, err
	}
	home := &Home{Folder: folder, programs: programs, kubectl: kubectl, cloud: cloud, environment: []string{
		"HOME=" + folder,
		"PATH=" + programs + ":/usr/bin:/bin",
		"ALIBABA_CLOUD_STS_ENDPOINT=" + cloud.Cloud,
		"ALIBABA_CLOUD_ECS_METADATA_DISABLED=true",
	}}
	home.UseKey(id)
	return home, os.MkdirAll(folder, 0o700)
}

// UseKey makes the home that of another AccessKey of the sandbox's.
func (h *Home) UseKey(id string) {
	h.AccessKeyID = id
	h.environment = append(h.environment, "ALIBABA_CLOUD_ACCESS_KEY_ID="+id, "ALIBABA_CLOUD_ACCESS_KEY_SECRET="+id+"-secret")
}

// Set sets a variable of the environment in which programs run.
func (h *Home) Set(name, value string) { h.environment = append(h.environment, name+"="+value) }

// Install puts the stanza for issuer ("ack", "ack-token") into the kubeconfig and makes it the current-context. Nothing
// is stored then: the first command asks.
func (h *Home) Install(issuer string, flags ...string) error {
	return h.InstallCluster(issuer, ClusterID, flags...)
}

// InstallCluster does so for any cluster.
func (h *Home) InstallCluster(issuer, clusterID string, flags ...string) error {
	if err := h.InstallWarm(issuer, clusterID, flags...); err != nil {
		return err
	}
	return h.Run("credential_provider", "forget", "--all", "--store", "disk").Success()
}

// InstallWarm does so too, and leaves in the store what install keeps there.
func (h *Home) InstallWarm(issuer, clusterID string, flags ...string) error {
	args := append([]string{"install", issuer, "--cluster-id", clusterID, "--cs-endpoint", h.cloud.Cloud,
		"--store", "disk", "--use"}, flags...)
	result := h.Run("kubeconfig_writer", args...)
	result.Stderr = strings.TrimPrefix(otherShells.ReplaceAllString(result.Stderr, ""),
		"kubectl runs "+h.Provider()+": in the folder that this program was started from\n")
	return result.Success()
}

// What install says of the key that these tests have in a variable alone.
var otherShells = regexp.MustCompile(`(?m)^kubeconfig_writer: warning: another shell lacks .*\n.*: hint: .*\n`)

// Provider is the path of credential_provider, as the stanza has it.
func (h *Home) Provider() string { return filepath.Join(h.programs, "credential_provider") }

// Kubectl runs kubectl.
func (h *Home) Kubectl(args ...string) Result { return h.Run(h.kubectl, args...) }

// KubectlCommand returns a kubectl that is yet to be started; it ends with ctx.
func (h *Home) KubectlCommand(ctx context.Context, args ...string) *exec.Cmd {
	return h.Command(ctx, h.kubectl, args...)
}

// Run runs program, bounded in time.
func (h *Home) Run(program string, args ...string) Result {
	ctx, cancel := context.WithTimeout(context.Background(), longestRun)
	defer cancel()
	command := h.Command(ctx, program, args...)
	var stdout, stderr bytes.Buffer
	command.Stdout, command.Stderr = &stdout, &stderr
	err := command.Run()
	if command.ProcessState == nil {
		return Result{Stderr: err.Error(), Status: -1}
	}
	return Result{stdout.String(), stderr.String(), command.ProcessState.ExitCode()}
}

// Command returns program as it runs in this home, yet to be started.
func (h *Home) Command(ctx context.Context, program string, args ...string) *exec.Cmd {
	if !strings.Contains(program, "/") {
		program = filepath.Join(h.programs, program)
	}
	command := exec.CommandContext(ctx, program, args...)
	command.Env, command.Dir = h.environment, h.Folder
	command.WaitDelay = time.Second
	return command
}

// Mints returns how many certificates this home's key has been given.
func (h *Home) Mints() (int, error) {
	return h.cloud.Granted(h.AccessKeyID, "cs")
}

// Requests returns how many requests this home's key has made to Container Service, granted or not.
func (h *Home) Requests() (int, error) {
	return h.cloud.Asked(h.AccessKeyID, "cs")
}

package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"credential_provider/tests/conformance/client"
	"credential_provider/tests/conformance/rows"
	"credential_provider/tests/conformance/sandbox"
)

// trial is one client in one situation.
type trial struct {
	ctx      context.Context
	client   string // "node 2.0.1"
	program  string
	programs string
	folder   string
	world    *world
}

// home makes a home, with a key of its own, in which the stanza of issuer is installed.
func (t *trial) home(cloud *sandbox.Sandbox, issuer string, flags ...string) (*client.Home, error) {
	home, err := client.NewHome(t.folder, t.programs, "", cloud)
	if err != nil {
		return nil, err
	}
	return home, home.Install(issuer, flags...)
}

// shortHome makes one whose certificates live for shortLife. The API server presents another certificate at its private
// address.
func (t *trial) shortHome() (*client.Home, error) {
	return t.home(t.world.short, "ack", "--endpoint-type", "private")
}

// ownHome makes one for a user of its own.
func (t *trial) ownHome() (*client.Home, error) {
	home, err := client.NewHome(t.folder, t.programs, "", t.world.steady)
	if err != nil {
		return nil, err
	}
	id := home.AccessKeyID + "-own"
	if err := t.world.steady.AddUser(id, id, id+"-secret"); err != nil {
		return nil, err
	}
	home.UseKey(id)
	return home, home.Install("ack")
}

// lists runs the client once, and is nil when it did what it was asked for and nothing of ours was to be seen. What a
// client itself has to say, as that a thread of its own is slow, is no matter.
func (t *trial) lists(home *client.Home) error {
	result := home.Run(t.program)
	isListed := result.Status == 0 && strings.HasPrefix(result.Stdout, "ok ") && strings.Contains(result.Stdout, "kube-system")
	if isListed && strings.Count(result.Stdout, "\n") == 1 && !strings.Contains(result.Stderr, "credential_provider") {
		return nil
	}
	return said(result)
}

// said returns what a run said, as an error. A stack of Java's is long.
func said(result client.Result) error {
	const most = 600
	return fmt.Errorf("status %d, stdout: %.*s, stderr: %.*s", result.Status, most, result.Stdout, most, result.Stderr)
}

// issues fails unless work makes the home's key be given count certificates.
func issues(home *client.Home, count int, work func() error) error {
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

// lacks is the outcome when the client fails, as it does with every plugin.
func lacks(reason string, outcome error) error {
	if outcome == nil {
		return fmt.Errorf("the client does what it is said not to do: %s", reason)
	}
	return rows.NotApplicable(reason)
}

// sleep lets others work meanwhile.
func (t *trial) sleep(duration time.Duration) error {
	<-working
	defer func() { working <- struct{}{} }()
	select {
	case <-t.ctx.Done():
		return t.ctx.Err()
	case <-time.After(duration):
		return nil
	}
}
